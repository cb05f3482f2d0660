import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { MCP_SERVERS } from "../../releases/releases.ts";
import { type BundledSources, CALLS_FILE, callsText } from "./aws-calls.ts";
import { type Bundle, upToDateBundle } from "./bundle.ts";
import { CONTRACTS_FILE, contractsText } from "./contracts.ts";
import { MCP_DEFINITIONS } from "./mcp-servers.ts";
import { servicesOf } from "./services.ts";

/** Bundles every service to `dist/` that has changed since it was bundled, and writes the contracts of the MCP servers and what all bundles call of AWS to `releases/`. */
export async function buildAll(project: string): Promise<readonly Bundle[]> {
  const bundles = await Promise.all(servicesOf(project).map((it) => upToDateBundle(it, project)));
  await removeOthers(path.join(project, "dist"), bundles);
  await writeChanged(path.join(project, CONTRACTS_FILE), await contractsText(MCP_SERVERS, MCP_DEFINITIONS, project));
  await writeChanged(path.join(project, CALLS_FILE), await callsText(bundles.map(sourcesOf), project));
  return bundles;
}

/** What went into a bundle. */
export function sourcesOf({ service, manifest }: Bundle): BundledSources {
  return { name: service.name, sources: Object.keys(manifest.sources) };
}

/** Services come and go; what is left of one that went would only mislead. */
async function removeOthers(dist: string, bundles: readonly Bundle[]): Promise<void> {
  await mkdir(dist, { recursive: true });
  const names = bundles.map(({ service }) => service.name);
  for (const it of await readdir(dist)) {
    if (!names.includes(it)) await rm(path.join(dist, it), { recursive: true });
  }
}

/** A file that says the same keeps its date, and nobody who watches it is woken. */
async function writeChanged(file: string, text: string): Promise<void> {
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before !== text) await writeFileAtomic(file, text);
}
