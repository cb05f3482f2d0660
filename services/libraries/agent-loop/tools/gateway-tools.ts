import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Scope } from "../../../../contracts/scopes.ts";
import type { Scenario } from "../../../../contracts/scenarios.ts";
import type { GatewayClient } from "../../gateway-client/gateway-client.ts";
import { Problem } from "../../service-kit/problem.ts";
import type { AgentTool, ToolSource } from "./agent-tool.ts";

/** The tools of a gateway that an agent may use, by the gateway's name for them, with the scope that each takes. */
export interface GatewayTools {
  readonly client: Pick<GatewayClient, "listTools" | "callTool">;
  readonly scenario: Scenario;
  readonly allowed: { readonly [tool: string]: Scope };
}

/** The tools that the gateway offers and the agent is allowed; what a gateway offers beside them is not an agent's to use. */
export function gatewayTools({ client, scenario, allowed }: GatewayTools): ToolSource {
  return async () => {
    const offered = await client.listTools();
    return offered.flatMap(({ name, description, inputSchema }): readonly AgentTool[] => {
      const scope = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
      if (scope === undefined) return [];
      const run: AgentTool["run"] = async (input, { signal }) =>
        textOf(await client.callTool(name, { ...input }, signal));
      // MCP lets a tool have no description; a model must have one.
      return [
        {
          name,
          description: description === undefined || description === "" ? name : description,
          inputSchema,
          scope,
          at: scenario,
          run,
        },
      ];
    });
  };
}

function textOf({ content, structuredContent, isError }: CallToolResult): string {
  const words = content.map((it) => (it.type === "text" ? it.text : `(${it.type})`)).join("\n");
  if (isError === true) throw new Problem("ERR_TOOL_FAILED", "the tool says so", words.slice(0, 2_000));
  return structuredContent === undefined ? words : JSON.stringify(structuredContent);
}
