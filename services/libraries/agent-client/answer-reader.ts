import {
  type Artifact,
  type Message,
  type Part,
  type StreamResponse,
  type Task,
  TaskState,
  type TaskStatusUpdateEvent,
} from "@a2a-js/sdk";
import { AGENT_PROBLEM, agentProblemSchema, TOOL_EVENTS, toolEventSchema } from "../../../contracts/agents/events.ts";
import type { AgentAnswer, AgentEvent, AnswerState } from "./agent-event.ts";
import { agentProblem } from "./agent-problem.ts";

const ENDS: { readonly [State in TaskState]?: AnswerState } = {
  [TaskState.TASK_STATE_COMPLETED]: "completed",
  [TaskState.TASK_STATE_FAILED]: "failed",
  [TaskState.TASK_STATE_CANCELED]: "canceled",
  [TaskState.TASK_STATE_REJECTED]: "rejected",
  [TaskState.TASK_STATE_INPUT_REQUIRED]: "input-required",
  [TaskState.TASK_STATE_AUTH_REQUIRED]: "auth-required",
};

/** The answer of a task as it stands; throws where it has not ended. */
export function answerOfTask(task: Task): AgentAnswer {
  const reader = new AnswerReader();
  const last = reader.ofTask(task).at(-1);
  if (last?.type !== "final") throw agentProblem("ERR_AGENT_ANSWER", "the task has not ended");
  return last.answer;
}

/** The answer of a message without a task. */
export function answerOfMessage(message: Message): AgentAnswer {
  return { state: "completed", contextId: message.contextId, text: textOf(message.parts), data: dataOf(message.parts) };
}

/** Turns what an agent sends during one call into events. */
export class AnswerReader {
  private text = "";
  private readonly data: unknown[] = [];

  /** The events of one response of the stream. */
  of({ payload }: StreamResponse): readonly AgentEvent[] {
    switch (payload?.$case) {
      case "task":
        return this.ofTask(payload.value);
      case "message":
        return [{ type: "final", answer: answerOfMessage(payload.value) }];
      case "artifactUpdate":
        return this.ofArtifact(payload.value.artifact);
      case "statusUpdate":
        return this.ofUpdate(payload.value);
      default:
        throw agentProblem("ERR_AGENT_ANSWER", "a response of no known kind");
    }
  }

  /** The events of a task as it stands. */
  ofTask({ id, contextId, status, artifacts }: Task): readonly AgentEvent[] {
    const pieces = artifacts.flatMap((it) => this.ofArtifact(it));
    return [...pieces, ...this.ofStatus({ taskId: id, contextId, state: status?.state, message: status?.message })];
  }

  private ofUpdate({ taskId, contextId, status, metadata }: TaskStatusUpdateEvent): readonly AgentEvent[] {
    const tool = toolEventSchema.safeParse(metadata?.[TOOL_EVENTS]);
    if (tool.success) return [tool.data];
    return this.ofStatus({ taskId, contextId, state: status?.state, message: status?.message });
  }

  private ofArtifact(artifact: Artifact | undefined): readonly AgentEvent[] {
    const parts = artifact?.parts ?? [];
    this.data.push(...dataOf(parts));
    // What an agent calls its artifacts is its own affair: another one's answer has another id than ours.
    const text = textOf(parts);
    this.text += text;
    return text === "" ? [] : [{ type: "text", text }];
  }

  private ofStatus({ taskId, contextId, state, message }: Status): readonly AgentEvent[] {
    const end = state === undefined ? undefined : ENDS[state];
    if (end === undefined) {
      const isNew = state === TaskState.TASK_STATE_SUBMITTED;
      return [{ type: "status", state: isNew ? "submitted" : "working", taskId, contextId }];
    }
    const problem = agentProblemSchema.safeParse(message?.metadata?.[AGENT_PROBLEM]);
    const text = this.text === "" ? textOf(message?.parts ?? []) : this.text;
    const code = problem.success ? { code: problem.data.code } : {};
    return [{ type: "final", answer: { state: end, taskId, contextId, text, data: this.data, ...code } }];
  }
}

interface Status {
  readonly taskId: string;
  readonly contextId: string;
  readonly state: TaskState | undefined;
  readonly message: Message | undefined;
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ content }) => (content?.$case === "text" ? content.value : "")).join("");
}

function dataOf(parts: readonly Part[]): readonly unknown[] {
  return parts.flatMap(({ content }) => (content?.$case === "data" ? [content.value as unknown] : []));
}
