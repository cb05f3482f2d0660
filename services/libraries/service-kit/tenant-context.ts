/** Who calls, as the interceptor established it and its token says. */
export interface CallerContext {
  readonly tenantId: string;
  readonly clientId: string;
  readonly organizationId?: string;
  /** Opaque id of the user, absent for machines. */
  readonly userId?: string;
  /** "mcp:read", "mcp:write": normalised, whatever the issuer calls them. */
  readonly scopes: readonly string[];
}

/** Who calls, and which call it is. */
export interface TenantContext extends CallerContext {
  readonly requestId: string;
  readonly correlationId: string;
}
