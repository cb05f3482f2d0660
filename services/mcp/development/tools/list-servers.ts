import * as z from "zod";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { contractsOf } from "../sources/contracts.ts";
import { READS_DOCUMENTS, type DevelopmentCall } from "../services.ts";

/** Names the MCP servers of the tenant, and their tools. */
export const listServers = defineTool({
  name: "list-servers",
  title: "List the MCP servers",
  description:
    "Names the MCP servers that are offered to the tenant, each release with its tools, resources and prompts.",
  scope: "mcp:read",
  permission: "read:tools",
  classification: "internal",
  awsCalls: READS_DOCUMENTS,
  input: z.object({}),
  output: z.object({
    servers: z.array(
      z.object({
        name: z.string(),
        version: z.string(),
        target: z.string(),
        tools: z.array(z.string()),
        resources: z.array(z.string()),
        prompts: z.array(z.string()),
      }),
    ),
  }),
  run: async (_args, call: DevelopmentCall) => {
    const servers = (await contractsOf(call)).map(({ name, version, target, tools, resources, prompts }) => ({
      name,
      version,
      target,
      tools: Object.keys(tools),
      resources: Object.keys(resources),
      prompts: Object.keys(prompts),
    }));
    return { servers };
  },
});
