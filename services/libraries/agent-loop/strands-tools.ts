import { FunctionTool } from "@strands-agents/sdk";
import { Problem } from "../service-kit/problem.ts";
import type { Turn } from "../agent-host/turn.ts";
import { asData, type TextLimits } from "./guard-rails.ts";
import type { AgentTool } from "./tools/agent-tool.ts";

/** What became of the calls of tools in one turn, by the id of the call. */
export interface CallOutcome {
  readonly startedAt: number;
  code?: string;
}

interface ToolFrame {
  readonly turn: Turn;
  readonly text: TextLimits;
  readonly outcomes: ReadonlyMap<string, CallOutcome>;
  readonly log: (fields: object) => void;
}

/** A tool as the loop wants it: what it answers is marked as data, what fails tells the model a code and what a client may know. */
export function strandsTool(tool: AgentTool, { turn, text, outcomes, log }: ToolFrame): FunctionTool {
  return new FunctionTool({
    name: tool.name,
    description: tool.description,
    inputSchema: tool.inputSchema,
    callback: async (input, { cancelSignal, toolUse }) => {
      const signal = AbortSignal.any([cancelSignal, turn.signal]);
      try {
        const args = typeof input === "object" && input !== null ? input : {};
        return asData(await tool.run(args, { turn, signal }), text);
      } catch (error) {
        const problem: Problem | undefined = error instanceof Problem ? error : undefined;
        const code = problem?.code ?? "ERR_TOOL_FAILED";
        const outcome = outcomes.get(toolUse.toolUseId);
        if (outcome !== undefined) outcome.code = code;
        log({ error, tool: tool.name, code, correlationId: turn.correlationId });
        // The loop wants an exception for a result that is an error; its message is what the model sees.
        throw new Error(`${code}: ${asData(problem?.clientMessage ?? "the tool failed", text)}`);
      }
    },
  });
}
