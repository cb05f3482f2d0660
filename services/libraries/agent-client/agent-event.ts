import type { ToolEvent } from "../../../contracts/agents/events.ts";

/** How a call of an agent can end; the last two wait for the caller, who goes on with the same task. */
export type AnswerState = "completed" | "failed" | "canceled" | "rejected" | "input-required" | "auth-required";

/** What an agent answers in the end. */
export interface AgentAnswer {
  readonly state: AnswerState;
  /** Absent where the agent answered at once, without a task. */
  readonly taskId?: string;
  /** The conversation, for the next message of it. */
  readonly contextId: string;
  /** All text of the answer; where the state says so, a question or a reason. */
  readonly text: string;
  /** What the agent answered as JSON, in order. */
  readonly data: readonly unknown[];
  /** Why a task failed or was rejected. */
  readonly code?: string;
}

/** What happens during a call, in order: `final` is the last, and comes once. */
export type AgentEvent =
  | {
      readonly type: "status";
      readonly state: "submitted" | "working";
      readonly taskId: string;
      readonly contextId: string;
    }
  /** A further piece of the answer. */
  | { readonly type: "text"; readonly text: string }
  | ToolEvent
  | { readonly type: "final"; readonly answer: AgentAnswer };
