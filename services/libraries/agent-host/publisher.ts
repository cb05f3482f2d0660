import { randomUUID } from "node:crypto";
import { type Message, type Part, Role, TaskState } from "@a2a-js/sdk";
import { AgentEvent, type ExecutionEventBus, type RequestContext } from "@a2a-js/sdk/server";
import { AGENT_PROBLEM, ANSWER_ARTIFACT, TOOL_EVENTS } from "../../../contracts/agents/events.ts";
import type { TurnEnd, TurnEvent } from "./turn.ts";

/** Pieces of text are sent together once they are so long or so old, in milliseconds, or once something else happens. */
const PIECE_CHARACTERS = 80;
const PIECE_MS = 40;

/** The states of A2A by ours. */
const STATES: { readonly [State in TurnEnd["state"]]: TaskState } = {
  completed: TaskState.TASK_STATE_COMPLETED,
  failed: TaskState.TASK_STATE_FAILED,
  rejected: TaskState.TASK_STATE_REJECTED,
  "input-required": TaskState.TASK_STATE_INPUT_REQUIRED,
  "auth-required": TaskState.TASK_STATE_AUTH_REQUIRED,
};

/** Tells what happens in a turn as the events of A2A. */
export class Publisher {
  private readonly request: RequestContext;
  private readonly bus: ExecutionEventBus;
  private readonly ids: { readonly taskId: string; readonly contextId: string };
  private piece = "";
  private flushing: NodeJS.Timeout | undefined;

  constructor(request: RequestContext, bus: ExecutionEventBus) {
    this.request = request;
    this.bus = bus;
    this.ids = { taskId: request.taskId, contextId: request.contextId };
  }

  /** A new task is submitted first; every one then works. */
  begin(): void {
    const { task, userMessage } = this.request;
    if (task === undefined) {
      const { taskId: id, contextId } = this.ids;
      const status = statusOf(TaskState.TASK_STATE_SUBMITTED);
      this.bus.publish(
        AgentEvent.task({ id, contextId, status, artifacts: [], history: [userMessage], metadata: undefined }),
      );
    }
    this.status(TaskState.TASK_STATE_WORKING);
  }

  tell(event: Exclude<TurnEvent, TurnEnd>): void {
    if (event.type === "text") {
      this.piece += event.text;
      this.flushing ??= setTimeout(() => this.flush(), PIECE_MS);
      if (this.piece.length >= PIECE_CHARACTERS) this.flush();
      return;
    }
    this.flush();
    if (event.type === "data") this.artifact(randomUUID(), { $case: "data", value: event.data });
    else this.status(TaskState.TASK_STATE_WORKING, { metadata: { [TOOL_EVENTS]: event } });
  }

  end({ state, text, code }: TurnEnd): void {
    this.flush();
    const metadata = code === undefined ? undefined : { [AGENT_PROBLEM]: { code } };
    const message = text === undefined ? undefined : this.message(text, metadata);
    this.status(STATES[state], message === undefined ? {} : { message });
  }

  cancel(): void {
    this.flush();
    this.status(TaskState.TASK_STATE_CANCELED);
  }

  private flush(): void {
    clearTimeout(this.flushing);
    this.flushing = undefined;
    if (this.piece === "") return;
    this.artifact(ANSWER_ARTIFACT, { $case: "text", value: this.piece });
    this.piece = "";
  }

  private artifact(artifactId: string, content: NonNullable<Part["content"]>): void {
    const artifact = {
      artifactId,
      name: artifactId === ANSWER_ARTIFACT ? "answer" : "data",
      description: "",
      parts: [partOf(content)],
      metadata: undefined,
      extensions: [],
    };
    this.bus.publish(
      AgentEvent.artifactUpdate({ ...this.ids, artifact, append: true, lastChunk: false, metadata: undefined }),
    );
  }

  private status(
    state: TaskState,
    { message, metadata }: { readonly message?: Message; readonly metadata?: { [key: string]: unknown } } = {},
  ): void {
    this.bus.publish(AgentEvent.statusUpdate({ ...this.ids, status: statusOf(state, message), metadata }));
  }

  private message(text: string, metadata: { [key: string]: unknown } | undefined): Message {
    return {
      ...this.ids,
      messageId: randomUUID(),
      role: Role.ROLE_AGENT,
      parts: [partOf({ $case: "text", value: text })],
      metadata,
      extensions: [],
      referenceTaskIds: [],
    };
  }
}

function statusOf(state: TaskState, message?: Message) {
  return { state, message, timestamp: new Date().toISOString() };
}

function partOf(content: NonNullable<Part["content"]>): Part {
  const mediaType = content.$case === "text" ? "text/plain" : "application/json";
  return { content, mediaType, filename: "", metadata: undefined };
}
