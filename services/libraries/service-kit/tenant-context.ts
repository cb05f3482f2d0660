import type { AgentCaller } from "../../../contracts/agents/caller.ts";

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
}

/** Who calls, and which call it is. */
export interface TenantContext extends CallerContext {
  readonly requestId: string;
  readonly correlationId: string;
}
