import type { AgentCaller } from "../../../contracts/agents/caller.ts";

/** What the deployment says of a client, which verifies it by the client's id (specification, 5.1: `client_metadata`). */
export interface ClientMetadata {
  /** The agent that the client is, such as "customer-support". */
  readonly agentType: string;
  /** Its release: a semantic version. */
  readonly version: string;
  /** The environment in which it is deployed. */
  readonly deploymentEnv: string;
}

/** Who calls, as the interceptor or the BFF established it and its token says. */
export interface CallerContext {
  readonly tenantId: string;
  readonly clientId: string;
  readonly organizationId?: string;
  /** Opaque id of the user, absent for machines. */
  readonly userId?: string;
  /** "mcp:read", "mcp:write": normalised, whatever the issuer calls them. */
  readonly scopes: readonly string[];
  /** What the caller is; it and what follows are known where a BFF verified the caller. */
  readonly kind?: AgentCaller["kind"];
  readonly roles?: readonly string[];
  readonly department?: string;
  readonly permissions?: readonly string[];
  /** Through whom the person calls, the nearest first: the agent, then the BFF that verified her (RFC 8693, section 4.1). Absent where the caller calls herself. */
  readonly actors?: readonly string[];
  /** Known of agents. */
  readonly client?: ClientMetadata;
}

/** Who calls, and which call it is. */
export interface TenantContext extends CallerContext {
  readonly requestId: string;
  readonly correlationId: string;
}
