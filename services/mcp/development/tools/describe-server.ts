import * as z from "zod";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import { defineTool } from "../../../libraries/mcp-host/definition/definition.ts";
import { contractNamed, contractsOf, ServerContract } from "../sources/contracts.ts";
import { READS_DOCUMENTS, type DevelopmentCall } from "../services.ts";

/** Gives the contract of one server: scopes, classifications, schemas. */
export const describeServer = defineTool({
  name: "describe-server",
  title: "Describe an MCP server",
  description:
    "Gives the contract of one MCP server, or of one of its tools: scope, classification, input and output schema.",
  scope: "mcp:read",
  permission: "read:tools",
  classification: "internal",
  awsCalls: READS_DOCUMENTS,
  input: z.object({
    server: z.string().max(64),
    version: z.string().max(32).optional().describe("The newest one if absent"),
    tool: z.string().max(128).optional().describe("Only this tool"),
  }),
  output: ServerContract,
  run: async ({ server, version, tool }, call: DevelopmentCall) => {
    const contract = contractNamed(await contractsOf(call), server, version);
    if (tool === undefined) return contract;
    const found = Object.entries(contract.tools).find(([name]) => name === tool);
    if (found !== undefined) return { ...contract, tools: Object.fromEntries([found]), resources: {}, prompts: {} };
    const message = `"${contract.name}" has no such tool; known: ${Object.keys(contract.tools).join(", ")}`;
    throw new Problem("ERR_TOOL_UNKNOWN", "no such tool", message, { field: "tool" });
  },
});
