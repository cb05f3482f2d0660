/** The revisions of MCP that gateways speak, the newest first: the current one, and the one before it. */
export const PROTOCOL_VERSIONS = ["2026-07-28", "2025-11-25"] as const;
