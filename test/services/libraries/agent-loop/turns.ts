import type { AgentTool, ToolSource } from "../../../../services/libraries/agent-loop/tools/agent-tool.ts";
import { modelledWork, type ModelledAgent } from "../../../../services/libraries/agent-loop/agent-work.ts";
import { ProcessMemory } from "../../../../services/libraries/agent-loop/memory.ts";
import { type Script, ScriptedModel } from "../../../../services/libraries/agent-loop/model/scripted-model.ts";
import type { Turn, TurnEvent } from "../../../../services/libraries/agent-host/turn.ts";

/** A turn of somebody of acme-corp who may read. */
export function turnOf(text: string, changes: Partial<Turn> = {}): Turn {
  return {
    caller: {
      tenantId: "acme-corp",
      kind: "consumer",
      clientId: "bff-b2c",
      userId: "u-ana",
      roles: [],
      permissions: [],
      scopes: ["mcp:read"],
    },
    userContext: "context.token.one",
    correlationId: "correlation-1",
    taskId: "task-1",
    contextId: "conversation-1",
    text,
    data: [],
    signal: new AbortController().signal,
    deadlineAt: Date.now() + 60_000,
    ...changes,
  };
}

/** A tool that does what `run` does. */
export function toolOf(name: string, run: AgentTool["run"], scope: AgentTool["scope"] = "mcp:read"): AgentTool {
  return { name, description: name, inputSchema: { type: "object" }, scope, at: "b2c", run };
}

/** An agent that follows a script. */
export function agentOf(
  script: Script,
  tools: readonly AgentTool[] | ToolSource = [],
  changes: Partial<ModelledAgent> = {},
) {
  return modelledWork({
    name: "customer-support",
    prompt: "You help.",
    model: () => new ScriptedModel(script),
    tools: typeof tools === "function" ? tools : () => Promise.resolve(tools),
    memory: new ProcessMemory(),
    log: () => undefined,
    ...changes,
  });
}

/** Everything that happens in a turn. */
export async function eventsOf(events: AsyncIterable<TurnEvent>): Promise<readonly TurnEvent[]> {
  const all: TurnEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The text of an answer. */
export function wordsOf(events: readonly TurnEvent[]): string {
  return events.map((it) => (it.type === "text" ? it.text : "")).join("");
}
