import { AGENTS, BFFS, MCP_SERVERS } from "./releases.ts";

/** The image of the identity provider of developers. */
export const KEYCLOAK_IMAGE = "keycloak";

/** The names of all images, each of which has a repository `alicerce/<name>` in every region. */
export function imageNames(): readonly string[] {
  const kinds = { mcp: MCP_SERVERS, agent: AGENTS, bff: BFFS };
  const ofServices = Object.entries(kinds).flatMap(([kind, all]) => Object.keys(all).map((it) => `${kind}-${it}`));
  return [KEYCLOAK_IMAGE, ...ofServices];
}
