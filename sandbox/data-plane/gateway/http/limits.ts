const MEGABYTE = 1024 * 1024;

/** What a gateway grants at most. */
export interface GatewayLimits {
  /** Of a request, and of a target's answer or one event of it. */
  readonly payloadBytes: number;
  /** Of the event that an interceptor is invoked with, and of what it returns. */
  readonly interceptorBytes: number;
  readonly interceptorMs: number;
  /** For a target to begin an answer, and between the parts of one. */
  readonly targetMs: number;
  /** For a request to arrive in full. */
  readonly requestMs: number;
  /** For a session of the 2025 revisions that is not used. */
  readonly sessionMs: number;
  readonly callsPerSecond: number;
  readonly searchesPerMinute: number;
}

/**
 * AgentCore's published quotas, and Lambda's for what an interceptor is sent: since the request is in its event twice, a
 * request of half the payload quota already is too much. AgentCore's own rate limits fail open, so they protect nothing
 * but the platform; what must hold is the interceptor's quota.
 */
export const GATEWAY_LIMITS: GatewayLimits = {
  payloadBytes: 6 * MEGABYTE,
  interceptorBytes: 6 * MEGABYTE,
  interceptorMs: 10_000,
  targetMs: 15 * 60_000,
  requestMs: 15_000,
  sessionMs: 3_600_000,
  callsPerSecond: 200,
  searchesPerMinute: 25,
};

/** Longest name of a tool, with its target's. */
export const TOOL_NAME_LENGTH = 256;
