import { PERMISSIONS } from "../../../../contracts/identity/permissions.ts";
import { createMcpHost } from "../../../../services/libraries/mcp-host/host.ts";
import { askingTools, stateCodec } from "./asking-tools.ts";
import { contentTools } from "./content-tools.ts";
import { pushingTools } from "./pushing-tools.ts";
import { prompts, resources } from "./resources-and-prompts.ts";
import { sessions } from "./sessions.ts";

const isStateless = process.argv.includes("--stateless");

const host = createMcpHost(
  {
    name: "everything",
    title: "Everything",
    version: "1.0.0",
    tools: [...contentTools, ...pushingTools, ...askingTools],
    resources,
    prompts,
  },
  {
    services: undefined,
    allowedHosts: ["localhost", "127.0.0.1"],
    allowedOrigins: ["localhost", "127.0.0.1"],
    log: { warn: () => undefined, error: (fields, message) => console.error(message, fields) },
    requestState: { verify: (state, protocol) => stateCodec.verify(state, protocol) },
    capabilities: { logging: {}, resources: { subscribe: true, listChanged: false } },
    dangerouslyFixedContext: {
      tenantId: "acme",
      clientId: "conformance",
      scopes: ["mcp:read", "mcp:write"],
      permissions: PERMISSIONS,
      requestId: "r",
      correlationId: "c",
    },
    ...(!isStateless && { dangerouslyServeLegacy: sessions }),
  },
);
const port = await host.listen(0, "127.0.0.1");
process.stdout.write(`http://127.0.0.1:${port}/mcp\n`);
