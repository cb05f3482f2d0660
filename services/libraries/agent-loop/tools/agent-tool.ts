import type { Allowance } from "../../../../contracts/agents/events.ts";
import type { Scope } from "../../../../contracts/scopes.ts";
import type { Turn } from "../../agent-host/turn.ts";

/** A tool that an agent has: its model sees name, description and schema; the rest decides whether it sees it at all. */
export interface AgentTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly inputSchema: object;
  /** The scope that the person must hold, too. */
  readonly scope: Scope;
  readonly at: Allowance["at"];
  /** Answers with text; throws `Problem` where the tool cannot. */
  readonly run: (input: object, call: ToolCall) => Promise<string>;
}

/** For which turn a tool is called. */
export interface ToolCall {
  readonly turn: Turn;
  readonly signal: AbortSignal;
}

/** Where an agent has tools from, for one turn. */
export type ToolSource = (turn: Turn) => Promise<readonly AgentTool[]>;

/** All tools of several sources; a source that fails is told and left out, and the agent works with the others. */
export function toolsFrom(sources: readonly ToolSource[], failed: (error: unknown) => void): ToolSource {
  return async (turn) => {
    const settled = await Promise.allSettled(sources.map((it) => it(turn)));
    return settled.flatMap((it) => {
      if (it.status === "fulfilled") return it.value;
      failed(it.reason);
      return [];
    });
  };
}
