import { imageRepository } from "../../components/compute/image-repository.ts";
import { AGENTS, MCP_SERVERS } from "../../releases/releases.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";

/** Declares a repository of images for every service in the release data. */
export function regionImages({ provider }: RegionContext, { dataKey }: RegionKey): Feature {
  return { resources: services().map((it) => imageRepository(it, dataKey.arn, { provider })) };
}

function services(): readonly string[] {
  return [...Object.keys(MCP_SERVERS).map((it) => `mcp-${it}`), ...Object.keys(AGENTS).map((it) => `agent-${it}`)];
}
