import { AGENTS, BFFS, MCP_SERVERS } from "./releases.ts";

/** The image of the identity provider of developers. */
export const KEYCLOAK_IMAGE = "keycloak";

/** The names of all images, each of which has a repository `alicerce/<name>` in every region. */
export function imageNames(): readonly string[] {
  return [
    KEYCLOAK_IMAGE,
    ...Object.keys(MCP_SERVERS).map((it) => `mcp-${it}`),
    ...Object.keys(AGENTS).map((it) => `agent-${it}`),
    ...Object.keys(BFFS).map((it) => `bff-${it}`),
  ];
}
