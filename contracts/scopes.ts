/** OAuth scopes of every MCP gateway: to read, and to change. A tool, prompt or resource names the one that a caller must hold. */
export const SCOPES = ["mcp:read", "mcp:write"] as const;

/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

/** Scopes that no client obtains by registering itself; an administrator assigns them. */
export const POWERFUL_SCOPES = ["gateway:admin", "mcp:debug"] as const;
