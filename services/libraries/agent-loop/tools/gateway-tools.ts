import type { CallToolResult } from "@modelcontextprotocol/client";
import type { Scope } from "../../../../contracts/scopes.ts";
import type { Scenario } from "../../../../contracts/scenarios.ts";
import type { GatewayClient } from "../../gateway-client/gateway-client.ts";
import type { Turn } from "../../agent-host/turn.ts";
import { BoundedCache } from "../../service-kit/bounded-cache.ts";
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
  const listed = new BoundedCache<Offered>(LISTS_KEPT);
  return async (turn) => {
    const offered = await offeredTo(turn, client, listed);
    return offered.flatMap(({ name, description, inputSchema }): readonly AgentTool[] => {
      const scope = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
      if (scope === undefined) return [];
      const run: AgentTool["run"] = async (input, { signal, turn: { userContext } }) =>
        textOf(await client.callTool(name, { ...input }, { signal, onBehalfOf: userContext }));
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

type Offered = Awaited<ReturnType<GatewayClient["listTools"]>>;

const LISTS_KEPT = 200;
const LIST_KEPT_MS = 60_000;

/** What the gateway shows the person: it follows from what she is, her roles and her scopes, so people who have the same share a list. */
async function offeredTo(turn: Turn, client: GatewayTools["client"], listed: BoundedCache<Offered>): Promise<Offered> {
  const { kind, roles, scopes } = turn.caller;
  const key = JSON.stringify([kind, roles.toSorted(), scopes.toSorted()]);
  const known = listed.get(key);
  if (known !== undefined) return known;
  const offered = await client.listTools({ signal: turn.signal, onBehalfOf: turn.userContext });
  listed.set(key, offered, LIST_KEPT_MS);
  return offered;
}

function textOf({ content, structuredContent, isError }: CallToolResult): string {
  const words = content.map((it) => (it.type === "text" ? it.text : `(${it.type})`)).join("\n");
  if (isError === true) throw new Problem("ERR_TOOL_FAILED", "the tool says so", words.slice(0, 2_000));
  return structuredContent === undefined ? words : JSON.stringify(structuredContent);
}
