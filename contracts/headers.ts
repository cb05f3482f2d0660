/** Headers that carry who calls and which call it is; only the interceptor writes them. Specification, 5.1. */
export const CONTEXT_HEADER = {
  clientId: "X-Client-ID",
  tenantId: "X-Tenant-ID",
  userContext: "X-User-Context",
  organizationId: "X-Org-ID",
  requestId: "X-Request-ID",
  correlationId: "X-Correlation-ID",
} as const;

/**
 * The header in which an agent shows a gateway on whose behalf it calls: the context token that a BFF signed, as it came. No target is
 * passed it: the interceptor verifies it, and says in a token of its own who calls for whom.
 */
export const ON_BEHALF_OF_HEADER = "X-On-Behalf-Of";

/** Headers of a call that a gateway passes on to an MCP server: who calls, the trace (W3C Trace Context), and the MCP session. */
export const MCP_REQUEST_HEADERS = [...Object.values(CONTEXT_HEADER), "traceparent", "Mcp-Session-Id"] as const;

/** Headers of an MCP server's answer that a gateway passes on: the session, and what is deprecated (RFC 9745, RFC 8594). */
export const MCP_RESPONSE_HEADERS = ["Mcp-Session-Id", "Deprecation", "Sunset", "Warning"] as const;

/** The revisions of MCP that gateways speak, the newest first: the current one, and the one before it. */
export const PROTOCOL_VERSIONS = ["2026-07-28", "2025-11-25"] as const;
