import type { AgentCaller } from "../../../contracts/agents/caller.ts";
import type { ToolEvent } from "../../../contracts/agents/events.ts";

/** One message to an agent, and on whose behalf. */
export interface Turn {
  readonly caller: AgentCaller;
  /** The context token as it came, for the agents that this one calls. */
  readonly userContext: string;
  readonly correlationId: string;
  readonly taskId: string;
  /** The conversation; it belongs to the tenant and the caller, and to nobody else who knows its id. */
  readonly contextId: string;
  readonly text: string;
  /** What came as JSON, in order. */
  readonly data: readonly unknown[];
  /** Aborts when the caller leaves or cancels, or the deadline passes. */
  readonly signal: AbortSignal;
  /** When the deadline passes, in milliseconds since 1970. */
  readonly deadlineAt: number;
}

/** How a turn ends. */
export interface TurnEnd {
  readonly type: "end";
  readonly state: "completed" | "failed" | "rejected" | "input-required" | "auth-required";
  /** A question or a reason, for the caller. */
  readonly text?: string;
  /** Why it failed or was rejected. */
  readonly code?: string;
}

/** What an agent tells while it works; without an end, it completed. */
export type TurnEvent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "data"; readonly data: unknown }
  | ToolEvent
  | TurnEnd;

/** What an agent does with a message. A `Problem` that it throws is told to the caller by code and client message, anything else to the log. */
export type AgentWork = (turn: Turn) => AsyncIterable<TurnEvent>;
