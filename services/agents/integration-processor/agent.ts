import { randomUUID } from "node:crypto";
import { RECORDS } from "../../../contracts/agents/choreography.ts";
import type { AgentClient } from "../../libraries/agent-client/agent-client.ts";
import type { AgentDefinition } from "../../libraries/agent-process/agent-definition.ts";
import type { Turn, TurnEvent } from "../../libraries/agent-host/turn.ts";
import { Problem } from "../../libraries/service-kit/problem.ts";
import { transformedSchema } from "../data-transformer/transform.ts";
import { isOperation, operated } from "./systems/operation.ts";
import { hearRecords } from "./hear-records.ts";
import { batchSchema, type DeadLetter, validated } from "./records.ts";

/**
 * Validates a partner's records and hands those that are valid to `data-transformer` (pipeline), and does what partners ask of the
 * tenant's systems by the gateway's tools: code, and no model.
 */
export const integrationProcessor: AgentDefinition = {
  description: {
    name: "integration-processor",
    description: "Validates a partner's records, and has them mapped to the tenant's own form.",
    version: "1.0.0",
    skills: [
      {
        id: "process-records",
        name: "Process records",
        description: "Takes records as JSON; answers with those that were taken, and with each that was not and why.",
        tags: ["pipeline"],
        examples: [],
      },
      {
        id: "use-systems",
        name: "Use the tenant's systems",
        description: "Lists, places and cancels orders of the partner's customer, and finds products.",
        tags: ["orders", "products"],
        examples: [],
      },
    ],
  },
  // The BFF calls for each request of a partner's systems, and waits.
  limits: { callsOfOne: 100 },
  work: ({ peer, gateway }) => {
    const transformer = peer("data-transformer");
    const systems = gateway("b2b");
    return (turn) => (isOperation(turn.data[0]) ? operated(turn, systems) : processed(turn, transformer));
  },
  reactions: { [RECORDS.sent]: hearRecords },
};

async function* processed(turn: Turn, transformer: AgentClient): AsyncGenerator<TurnEvent, void, undefined> {
  if (turn.caller.kind !== "partner" || !turn.caller.scopes.includes("mcp:write"))
    throw new Problem(
      "ERR_SCOPE_INSUFFICIENT",
      "not a partner who may write",
      "only a partner who may write sends records",
    );
  const batch = batchSchema.safeParse(turn.data[0]);
  if (!batch.success) throw new Problem("ERR_RECORDS", "no records", "send an object with 1 to 1000 records");
  const { valid, deadLetters } = validated(batch.data.records);
  const callId = randomUUID();
  const [tool, startedAt] = ["data-transformer", Date.now()];
  const allowedBy = { at: "agent", scope: "mcp:write", agent: "integration-processor" } as const;
  yield { type: "tool-started", callId, tool, allowedBy };
  const step = valid.length === 0 ? { records: [], failed: [] } : await handedOver(turn, transformer, valid);
  const outcome = step.failed.length === 0 ? "done" : "failed";
  yield { type: "tool-finished", callId, tool, outcome, durationMs: Date.now() - startedAt };
  const letters = [...deadLetters, ...step.failed].toSorted((a, b) => a.index - b.index);
  yield { type: "data", data: { records: step.records, deadLetters: letters } };
  yield { type: "text", text: `${step.records.length} records taken, ${letters.length} not.` };
}

/** What the next step made of the records; where it fails, every one of them is a dead letter. */
async function handedOver(turn: Turn, transformer: AgentClient, records: ReturnType<typeof validated>["valid"]) {
  const { userContext, correlationId, deadlineAt, signal } = turn;
  const failed = (reason: string) => records.map(({ index }): DeadLetter => ({ index, step: "transform", reason }));
  try {
    const deadlineMs = deadlineAt - Date.now();
    const answer = await transformer.send({ data: { records }, userContext, correlationId, deadlineMs, signal });
    const made = transformedSchema.safeParse(answer.data[0]);
    if (answer.state === "completed" && made.success) return { records: made.data.records, failed: [] };
    return { records: [], failed: failed(answer.code ?? "ERR_HANDOVER") };
  } catch (error) {
    signal.throwIfAborted();
    const problem: Problem | undefined = error instanceof Problem ? error : undefined;
    return { records: [], failed: failed(problem?.code ?? "ERR_INTERNAL") };
  }
}
