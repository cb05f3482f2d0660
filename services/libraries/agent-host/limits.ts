import { LONGEST_CALL_MS } from "../../../contracts/agents/identity.ts";

/** How much of everything the host of an agent grants. */
export interface AgentLimits {
  readonly bodyBytes: number;
  /** For one call with all that it calls, in milliseconds. */
  readonly callMs: number;
  /** For a request to arrive in full. */
  readonly requestMs: number;
  /** For calls in flight, once the host is told to stop. */
  readonly drainMs: number;
  /** Calls at the same time: of everybody, and of one person or partner. */
  readonly calls: number;
  readonly callsOfOne: number;
  /** Between two comments on a stream on which nothing happens, so that nobody on the way closes it. */
  readonly keepAliveMs: number;
}

/** What an agent is asked fits into a megabyte: text and JSON, never files. */
export const AGENT_LIMITS: AgentLimits = {
  bodyBytes: 1024 * 1024,
  callMs: LONGEST_CALL_MS,
  requestMs: 15_000,
  drainMs: 10_000,
  calls: 100,
  callsOfOne: 5,
  keepAliveMs: 15_000,
};
