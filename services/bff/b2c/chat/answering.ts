import type { AgentEvent } from "../../../libraries/agent-client/agent-event.ts";
import type { AgentCall } from "../../../libraries/agent-client/agent-client.ts";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { AgentContextSigner } from "../../library/agent-context.ts";
import type { BffLog } from "../../library/bff-environment.ts";
import { consentsOf } from "../consumer/consents.ts";
import { preferencesOf } from "../consumer/preferences.ts";
import type { Consumer } from "../consumer-environment.ts";
import type { RecordStore } from "../store/records.ts";
import { AgUiEvents } from "./ag-ui-events.ts";
import type { Conversation, Conversations, Turn } from "./conversations.ts";
import type { Run } from "./run.ts";

/** An agent as the chat uses it: `AgentClient`. */
export interface ChatAgent {
  stream(call: AgentCall): AsyncIterable<AgentEvent>;
}

/** What an answer is made with. */
export interface AnsweringParts {
  readonly tenantId: string;
  readonly agent: ChatAgent;
  readonly sign: AgentContextSigner;
  readonly records: RecordStore;
  readonly conversations: Conversations;
  readonly log: BffLog;
}

/** What a consumer says. */
export interface Question {
  readonly consumer: Consumer;
  readonly threadId: string;
  readonly messageId: string;
  readonly text: string;
  readonly correlationId: string;
}

/** Asks the agent, tells the run what happens, and keeps what the consumer agreed to keep. Never rejects: what fails is an event. */
export async function answer(run: Run, question: Question, parts: AnsweringParts): Promise<void> {
  const events = new AgUiEvents(question.threadId, run.id);
  const publish = (all: ReturnType<AgUiEvents["of"]>): void => all.forEach((it) => run.publish(it));
  publish(events.started());
  try {
    const heard = new Heard(question, run.id);
    const known = await parts.conversations.find(question.consumer.userId, question.threadId);
    for await (const event of parts.agent.stream(await callOf(run, question, known, parts))) {
      heard.add(event);
      // Before the client hears of the end, so that its next message finds the conversation.
      if (event.type === "final") await kept(heard, question, parts);
      publish(events.of(event));
    }
  } catch (error) {
    publish(failure(error, run, events));
    if (!run.signal.aborted) parts.log.warn({ error, runId: run.id }, "no answer");
  } finally {
    run.end();
  }
}

function failure(error: unknown, { signal }: Run, events: AgUiEvents): ReturnType<AgUiEvents["of"]> {
  const reason: unknown = signal.reason;
  if (reason === "too-long") return events.failed("the answer is too long", "ERR_TOO_LONG");
  if (signal.aborted) return events.cancelled();
  const problem: Problem | undefined = error instanceof Problem ? error : undefined;
  if (problem !== undefined) return events.failed(problem.clientMessage, problem.code);
  return events.failed("something failed here", "ERR_INTERNAL");
}

async function callOf(
  { signal }: Run,
  { consumer, messageId, text, correlationId }: Question,
  known: Conversation | undefined,
  { tenantId, sign, records }: AnsweringParts,
): Promise<AgentCall> {
  const { userId, clientId, scopes } = consumer;
  const userContext = await sign({
    tenantId,
    kind: "consumer",
    clientId,
    userId,
    scopes,
    roles: ["consumer"],
    permissions: [],
  });
  const { personalisation } = await consentsOf(records, userId);
  const data = personalisation ? { preferences: await preferencesOf(records, userId) } : undefined;
  return {
    text,
    userContext,
    messageId,
    correlationId,
    signal,
    ...(data !== undefined && { data }),
    ...(known !== undefined && { contextId: known.contextId }),
    ...(known?.taskId !== undefined && { taskId: known.taskId }),
  };
}

/** What is heard during one answer, for the history. */
class Heard {
  readonly turn: Turn;
  conversation: Conversation | undefined;

  constructor({ threadId, text }: Question, runId: string) {
    this.turn = { threadId, runId, at: new Date().toISOString(), question: text, answer: "", tools: [] };
  }

  add(event: AgentEvent): void {
    if (event.type === "tool-started")
      this.turn.tools.push({ tool: event.tool, outcome: "unknown", allowedBy: event.allowedBy });
    if (event.type === "tool-finished") {
      const begun = this.turn.tools.findLast((it) => it.tool === event.tool && it.outcome === "unknown");
      if (begun === undefined) this.turn.tools.push({ tool: event.tool, outcome: event.outcome });
      else begun.outcome = event.outcome;
    }
    if (event.type === "final") {
      const { state, taskId, contextId, text } = event.answer;
      const waits = state === "input-required" || state === "auth-required";
      this.turn.answer = text;
      const title = this.turn.question.slice(0, 80);
      const { threadId } = this.turn;
      this.conversation = { threadId, contextId, title, ...(waits && taskId !== undefined && { taskId }) };
    }
  }
}

/** Keeps what was heard; an answer is not lost to its consumer because it cannot be kept. */
async function kept(heard: Heard, { consumer }: Question, parts: AnsweringParts): Promise<void> {
  const { records, conversations, log } = parts;
  if (heard.conversation === undefined) return;
  try {
    const { history } = await consentsOf(records, consumer.userId);
    await conversations.keep(consumer.userId, heard.conversation, history);
    if (history) await conversations.addTurn(consumer.userId, heard.turn);
  } catch (error) {
    log.error({ error }, "conversation was not kept");
  }
}
