import { toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as z from "zod";
import { defineTool } from "../../services/libraries/mcp-host/definition/definition.ts";
import { createMcpHost } from "../../services/libraries/mcp-host/host.ts";
import { contextTokenVerifier } from "../../services/libraries/service-kit/tokens/context-token.ts";

const [, , kind, publicKeys = ""] = process.argv;
const input = z.object({ text: z.string() });
const description = "Says what it is told";

process.stdout.write(`${await (kind === "bare" ? bare() : ours(Number(kind)))}\n`);

/** One tool on the SDK as its documentation mounts it, and nothing before it. */
async function bare(): Promise<number> {
  const handler = createMcpHandler(
    () => {
      const server = new McpServer({ name: "bare", version: "1.0.0" });
      server.registerTool("echo0", { description, inputSchema: input }, ({ text }) => ({
        content: [{ type: "text", text }],
      }));
      return server;
    },
    { responseMode: "json" },
  );
  const listener = toNodeHandler(handler);
  const server = createServer(
    (request, response) => void listener(request as Parameters<typeof listener>[0], response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Our host with so many tools. */
function ours(count: number): Promise<number> {
  const tools = Array.from({ length: count }, (_, index) =>
    defineTool({
      name: `echo${index}`,
      title: "Echo",
      description,
      scope: "mcp:read",
      permission: "read:data",
      classification: "public",
      awsCalls: [],
      input,
      run: ({ text }) => Promise.resolve(text),
    }),
  );
  const host = createMcpHost(
    { name: "mcp-echo", title: "Echo", version: "1.0.0", tools },
    {
      services: undefined,
      allowedHosts: ["127.0.0.1"],
      log: console,
      verifyContext: contextTokenVerifier({
        issuer: "interceptor",
        audience: "mcp-echo",
        tenantId: "acme",
        publicKeys,
      }),
    },
  );
  return host.listen(0, "127.0.0.1");
}
