/** How much of everything a host grants. */
export interface HostLimits {
  readonly bodyBytes: number;
  readonly resultBytes: number;
  /** For a call that declares no deadline of its own. */
  readonly deadlineMs: number;
  /** For a request to arrive in full. */
  readonly requestMs: number;
  /** For calls in flight, once the host is told to stop. */
  readonly drainMs: number;
}

/** AgentCore carries 6 MB at most, and ends a request that it drains after 15 seconds. */
export const HOST_LIMITS: HostLimits = {
  bodyBytes: 6 * 1024 * 1024,
  resultBytes: 5 * 1024 * 1024,
  deadlineMs: 30_000,
  requestMs: 15_000,
  drainMs: 10_000,
};
