import { KEYCLOAK_VERSION } from "../../environments/keycloak-server.ts";
import {
  AGENTS,
  BFFS,
  type Candidate,
  KEYCLOAK_DIGEST,
  MCP_SERVERS,
  type McpService,
  type Release,
  UNBUILT,
} from "../../releases/releases.ts";
import { KEYCLOAK_IMAGE } from "../../releases/images.ts";
import { type Finding, verdicts } from "./check.ts";

/** The images that a deployment would run. */
export interface Releases {
  readonly keycloak: Release;
  readonly servers: Readonly<Record<string, McpService>>;
  readonly agents: Readonly<Record<string, { readonly release: Release }>>;
  readonly bffs: Readonly<Record<string, { readonly release: Release }>>;
}

/** An image, the releases that run it, and what waits for it: nothing but the agent or BFF itself, where it is one's. */
export interface Image {
  readonly name: string;
  readonly releases: readonly Release[];
  readonly before: Finding["before"];
}

/** What the release data says. */
export const RELEASES: Releases = {
  keycloak: { version: KEYCLOAK_VERSION, digest: KEYCLOAK_DIGEST },
  servers: MCP_SERVERS,
  agents: AGENTS,
  bffs: BFFS,
};

/** The images of these releases. */
export function imagesOf({ keycloak, servers, agents, bffs }: Releases): readonly Image[] {
  const every = ({ releases, candidate }: McpService): readonly (Release | Candidate | undefined)[] => [
    ...releases,
    candidate,
  ];
  return [
    { name: KEYCLOAK_IMAGE, releases: [keycloak], before: "region" },
    ...Object.entries(servers).map(([service, it]) => ({
      name: `mcp-${service}`,
      releases: every(it).filter((release) => release !== undefined),
      before: "tenant" as const,
    })),
    ...Object.entries(agents).map(([agent, { release }]) => left(`agent-${agent}`, release)),
    ...Object.entries(bffs).map(([bff, { release }]) => left(`bff-${bff}`, release)),
  ];
}

/** An image without which tenants are deployed. */
function left(name: string, release: Release): Image {
  return { name, releases: [release], before: undefined };
}

/** Says which images were never built: a region waits for Keycloak's and a tenant for a server's, while it is deployed without an agent or a BFF. */
export function lookAtImages(images: readonly Image[], environment: string): readonly Finding[] {
  return images.map((it) => {
    const { name, releases, before } = it;
    const unbuilt = releases.filter(({ digest }) => digest === UNBUILT).map(({ version }) => version);
    const { ok, advice, missing } = verdicts(`image of ${name}`);
    if (unbuilt.length === 0) return ok("built");
    const next = howToPush(name, environment);
    const never = `${unbuilt.join(", ")} never built`;
    if (before === undefined) return advice(`${never}: tenants are deployed without it`, next);
    return { ...missing(never, next), before };
  });
}

/** The command that builds an image and pushes it to the registries of an environment. */
export function howToPush(image: string, environment: string): string {
  return `npx alicerce build --push ${image} --environment ${environment}`;
}
