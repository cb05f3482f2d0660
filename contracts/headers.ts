/** Headers of a call that a gateway passes on to an MCP server: who calls, as the interceptor wrote it, the trace, and the session. */
export const MCP_REQUEST_HEADERS = [
  "X-Client-ID",
  "X-Tenant-ID",
  "X-User-Context",
  "X-Org-ID",
  "X-Request-ID",
  "X-Correlation-ID",
  "traceparent",
  "Mcp-Session-Id",
] as const;

/** Headers of an MCP server's answer that a gateway passes on: the session, and what is about to go. */
export const MCP_RESPONSE_HEADERS = ["Mcp-Session-Id", "Deprecation", "Sunset", "Warning"] as const;
