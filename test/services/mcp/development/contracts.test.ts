import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderServices } from "../../../../services/mcp/development/sources/folder-sources.ts";
import { developmentServer } from "../../../../services/mcp/development/server.ts";
import { testContract } from "../contracts/test-contract.ts";

const grant = { scope: "mcp:read", classification: "confidential" };
const files = { name: "mcp-files", version: "1.0.0", target: "files", prompts: {}, resources: {}, awsCalls: [] };

testContract("development", {
  serverOf: developmentServer,
  open: () => {
    const root = mkdtempSync(join(tmpdir(), "alicerce-development-"));
    const seconds = Date.now() / 1_000 - 60;
    mkdirSync(join(root, "acme", "logs"), { recursive: true });
    const documents = {
      "logs/gateway.jsonl": { timestamp: new Date(seconds * 1_000).toISOString(), request_id: "r-1" },
      "traces.jsonl": {
        trace_id: "1-66f91234-0123456789abcdef01234567",
        id: "a",
        name: "gateway",
        start_time: seconds,
        fault: true,
        annotations: { tenant_id: "acme" },
      },
      "deployments.json": { gateways: [], servers: [{ name: "files-v1", status: "READY", endpoints: [] }] },
      "contracts.json": { servers: [{ ...files, tools: { "read-file": grant } }] },
      "premise-report.json": {
        stacks: [{ address: "production.eu-west-1.acme", resources: 9 }],
        premises: [{ id: 5, title: "Isolation", rules: 6 }],
        violations: [],
        undetermined: [],
      },
    };
    for (const [file, content] of Object.entries(documents))
      writeFileSync(join(root, "acme", file), `${JSON.stringify(content)}\n`);
    return Promise.resolve({
      services: folderServices(root),
      close: async () => rm(root, { recursive: true }),
    });
  },
});
