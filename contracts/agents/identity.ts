import { CONTEXT_HEADER } from "../headers.ts";
import type { Scenario } from "../scenarios.ts";

/** The OAuth scope that a workload must hold to call an agent; at the issuer `<resource server>/a2a.call`. */
export const A2A_SCOPE = "a2a:call";

/** The audience of the context tokens that agents accept: one for all agents of a tenant, since one passes it on to the next. */
export const AGENTS_AUDIENCE = "agents";

/** The audience of the context tokens that the gateways of a scenario accept from agents: a BFF signs for its own scenario and no other. */
export function gatewayAudience(scenario: Scenario): string {
  return `gateway.${scenario}`;
}

/** For how many seconds a context token for agents is good: longer than the longest call, with what it calls in turn. */
export const AGENT_CONTEXT_SECONDS = 300;

/** The longest that one call of an agent may take, with all that it calls, in milliseconds. */
export const LONGEST_CALL_MS = 120_000;

/** The headers of a call of an agent, beside `Authorization` with the token of the workload that calls, and `traceparent`. */
export const AGENT_HEADER = {
  /** The context token of the person or partner on whose behalf. */
  userContext: CONTEXT_HEADER.userContext,
  correlationId: CONTEXT_HEADER.correlationId,
  /** For how many more milliseconds the caller waits, as a whole number. */
  deadlineMs: "X-Deadline-Ms",
} as const;

/** The headers of a call that AgentCore Runtime passes on to an agent; without the version of the protocol, a call would be one of A2A 0.3. */
export const AGENT_REQUEST_HEADERS: readonly string[] = [...Object.values(AGENT_HEADER), "A2A-Version", "traceparent"];

/** Whose context tokens the agents of a tenant accept: those that its BFFs sign. */
export function bffIssuer(tenantId: string): string {
  return `bff.${tenantId}`;
}
