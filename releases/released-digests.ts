import { AGENTS, BFFS, MCP_SERVERS, type McpService, type Release } from "./releases.ts";

/** The release data that images are of. */
export interface ReleaseData {
  readonly servers: Readonly<Record<string, Pick<McpService, "releases" | "candidate">>>;
  readonly agents: Readonly<Record<string, { readonly release: Release }>>;
  readonly bffs: Readonly<Record<string, { readonly release: Release }>>;
}

const SHIPPED: ReleaseData = { servers: MCP_SERVERS, agents: AGENTS, bffs: BFFS };

/** The digest that was released as a version of an image, by the name of its repository; `undefined` where that version is served no more. */
export function releasedDigest(image: string, version: string, data: ReleaseData = SHIPPED): string | undefined {
  return releasesOf(image, data).find((it) => it.version === version)?.digest;
}

function releasesOf(image: string, { servers, agents, bffs }: ReleaseData): readonly Release[] {
  const [, kind, name = ""] = /^(mcp|agent|bff)-(.+)$/.exec(image) ?? [];
  if (kind === "mcp") {
    const { releases = [], candidate } = servers[name] ?? {};
    return [...releases, candidate].filter((it) => it !== undefined);
  }
  const service = (kind === "agent" ? agents : bffs)[name];
  return service === undefined ? [] : [service.release];
}
