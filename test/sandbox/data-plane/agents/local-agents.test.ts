import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AUDIT_EVENT, type AuditLine, auditLineSchema } from "../../../../contracts/records/audit-line.ts";
import { consumerAsksAgents, partnerSendsRecords } from "../../../../sandbox/data-plane/check/agent-steps.ts";
import { Walk } from "../../../../sandbox/data-plane/check/walk.ts";
import type { Platform } from "../../../../sandbox/data-plane/platform.ts";
import { startedPlatform } from "../platform-fixture.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startedPlatform();
});
afterAll(() => platform.stop());

test("each tenant has the agents of its scenarios, and a question reaches a tool through gateway and server", async () => {
  const names = Object.fromEntries(platform.agents.map((it) => [it.tenant, Object.keys(it.urls)]));
  expect(names["acme-corp"]).toEqual(expect.arrayContaining(["coordinator", "customer-support"]));
  expect(names["xyz-gmbh"]).toEqual(expect.arrayContaining(["integration-processor", "data-transformer"]));
  const walk = new Walk(() => undefined);
  await consumerAsksAgents(walk, platform, "acme-corp");
  await partnerSendsRecords(walk, platform, "xyz-gmbh");
  expect(walk.steps.filter((it) => !it.passed)).toEqual([]);
  expect(walk.steps).toHaveLength(4);
  // The agent is who called the gateway, for the person whom the BFF verified.
  const calls = await auditOf("acme-corp");
  const asked = calls.filter((it) => it.mcp_context.method === "tools/call");
  expect(asked.length).toBeGreaterThan(0);
  for (const it of asked) expect(it.client_context).toMatchObject({ user_id: "u-check" });
  expect(asked.map((it) => it.security_context.scopes)).toEqual(asked.map(() => ["mcp:read"]));
});

async function auditOf(tenant: string): Promise<readonly AuditLine[]> {
  const lines = await readFile(path.join(platform.recordsFolder, tenant, "logs", "audit.jsonl"), "utf8");
  const all = lines.split("\n").filter((it) => it.includes(`"${AUDIT_EVENT}"`));
  return all.map((it) => auditLineSchema.parse(JSON.parse(it)));
}
