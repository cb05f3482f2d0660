import { imageRepository } from "../../components/compute/image-repository.ts";
import { AGENTS, BFFS, MCP_SERVERS } from "../../releases/releases.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";

/** Declares a repository of images for every service in the release data. */
export function regionImages({ provider }: RegionContext, { dataKey }: RegionKey): Feature {
  return { resources: services().map((it) => imageRepository(it, dataKey.arn, { provider })) };
}

function services(): readonly string[] {
  const names = { mcp: MCP_SERVERS, agent: AGENTS, bff: BFFS };
  return Object.entries(names).flatMap(([kind, all]) => Object.keys(all).map((it) => `${kind}-${it}`));
}
