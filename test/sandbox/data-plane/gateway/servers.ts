import * as z from "zod";
import {
  definePrompt,
  defineResource,
  defineTool,
  type Call,
  type ServerDefinition,
} from "../../../../services/libraries/mcp-host/definition/definition.ts";

/** What the tools leave behind. */
export interface Traces {
  readonly ran: string[];
  readonly aborted: string[];
}

const declared = (name: string) =>
  ({
    name,
    title: name,
    description: `The ${name} of a test`,
    scope: "mcp:read",
    permission: "read:data",
    classification: "internal",
    awsCalls: [],
  }) as const;

const tool = (
  name: string,
  run: (call: Call<Traces>) => Promise<string>,
  scope: "mcp:read" | "mcp:write" = "mcp:read",
) =>
  defineTool({
    ...declared(name),
    scope,
    input: z.looseObject({ text: z.string().default("") }),
    run: async ({ text }, call: Call<Traces>) => {
      call.services.ran.push(name);
      return text + (await run(call));
    },
  });

/** A server with tools that behave, and some that do not. */
export const database: ServerDefinition<Traces> = {
  name: "mcp-database",
  title: "Database",
  version: "1.0.0",
  tools: [
    tool("query", () => Promise.resolve("")),
    tool("whoami", ({ context }) => Promise.resolve(JSON.stringify(context))),
    tool("insert", () => Promise.resolve("written"), "mcp:write"),
    tool("unoffered", () => Promise.resolve("")),
    tool("huge", () => Promise.resolve("x".repeat(4_500_000))),
    tool("hang", ({ signal, services }) => {
      signal.addEventListener("abort", () => services.aborted.push("hang"));
      return new Promise<string>(() => undefined);
    }),
    tool("report", async ({ protocol, signal }) => {
      const progressToken = protocol.mcpReq._meta?.progressToken ?? "none";
      for (let progress = 1; progress <= 3 && !signal.aborted; progress++)
        await protocol.mcpReq.notify({
          method: "notifications/progress",
          params: { progressToken, progress, total: 3 },
        });
      return "reported";
    }),
  ],
  prompts: [
    definePrompt({
      ...declared("explain"),
      args: z.object({ table: z.string() }),
      render: ({ table }) =>
        Promise.resolve({ messages: [{ role: "user", content: { type: "text", text: `Explain ${table}` } }] }),
    }),
  ],
  resources: [
    defineResource({
      ...declared("schema"),
      uri: "db://schema/{table}",
      list: () => Promise.resolve([{ uri: "db://schema/orders", name: "orders" }]),
      read: (uri) => Promise.resolve({ contents: [{ uri: uri.href, text: "id int" }] }),
    }),
  ],
};

/** A second server, to be told from the first. */
export const files: ServerDefinition<Traces> = {
  name: "mcp-files",
  title: "Files",
  version: "1.0.0",
  tools: [tool("list", () => Promise.resolve("a.csv"))],
  resources: [
    defineResource({
      ...declared("readme"),
      uri: "docs://readme/text",
      read: (uri) => Promise.resolve({ contents: [{ uri: uri.href, text: "read me" }] }),
    }),
  ],
};
