import { isBrokenCircuitError, isBulkheadRejectedError } from "cockatiel";
import { Problem } from "../service-kit/problem.ts";

/** Why a call of an agent came to nothing. */
export type AgentErrorCode =
  /** The agent's host refused one of the two identities. */
  | "ERR_AGENT_REFUSED"
  /** Too many calls at the same time; worth another try later. */
  | "ERR_AGENT_BUSY"
  /** No connection, or the agent is left alone after failures. */
  | "ERR_AGENT_UNAVAILABLE"
  /** The request is not one that the agent takes. */
  | "ERR_AGENT_REQUEST"
  /** The answer is not one of A2A, or the agent failed. */
  | "ERR_AGENT_ANSWER"
  | "ERR_CANCELLED"
  | "ERR_DEADLINE";

/** What a client may know of each. */
const MESSAGES: { readonly [Code in AgentErrorCode]: string } = {
  ERR_AGENT_REFUSED: "the agent refuses this caller",
  ERR_AGENT_BUSY: "the agent is busy; try again later",
  ERR_AGENT_UNAVAILABLE: "the agent cannot be reached at the moment",
  ERR_AGENT_REQUEST: "the agent does not take this request",
  ERR_AGENT_ANSWER: "the agent failed",
  ERR_CANCELLED: "the call was cancelled",
  ERR_DEADLINE: "the agent did not answer in time",
};

/** The problem of a code; `reason` is for the log. */
export function agentProblem(code: AgentErrorCode, reason: string, cause?: unknown): Problem<AgentErrorCode> {
  return new Problem(code, reason, MESSAGES[code], { cause });
}

/** The problem of an answer that is none, by its HTTP status. */
export function problemOfStatus(status: number): Problem<AgentErrorCode> {
  const reason = `status ${status}`;
  if (status === 401 || status === 403) return agentProblem("ERR_AGENT_REFUSED", reason);
  if (status === 429 || status === 503) return agentProblem("ERR_AGENT_BUSY", reason);
  return agentProblem(status < 500 ? "ERR_AGENT_REQUEST" : "ERR_AGENT_ANSWER", reason);
}

/** The problem that a failure of the call stands for, told by who gave up; a `Problem` is returned as it is. */
export function problemOf(
  failure: unknown,
  { caller, deadline }: { readonly caller?: AbortSignal | undefined; readonly deadline: AbortSignal },
): Problem {
  const problem: Problem | undefined = failure instanceof Problem ? failure : undefined;
  if (problem !== undefined) return problem;
  if (caller?.aborted === true) return agentProblem("ERR_CANCELLED", "the caller left", failure);
  if (deadline.aborted) return agentProblem("ERR_DEADLINE", "the deadline passed", failure);
  if (isBulkheadRejectedError(failure)) return agentProblem("ERR_AGENT_BUSY", "too many calls wait", failure);
  if (isBrokenCircuitError(failure)) return agentProblem("ERR_AGENT_UNAVAILABLE", "the circuit is open", failure);
  // What fetch itself throws is a TypeError whose cause says why.
  if (failure instanceof TypeError) return agentProblem("ERR_AGENT_UNAVAILABLE", "no connection", failure);
  return agentProblem("ERR_AGENT_ANSWER", failure instanceof Error ? failure.message : String(failure), failure);
}
