import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { MCP_CONTRACT_SOURCES } from "../../releases/tool-catalogue.ts";
import { bundleDigest, digestOf } from "../../infra/artifacts/built-bundle.ts";

/** One digest over the source files of an MCP server, by their names and contents: what its contract was written from. */
export async function contractSources(service: string, project: string): Promise<`sha256:${string}`> {
  const files = globSync(`services/mcp/${service}/**/*.ts`, { cwd: project })
    .map((it) => it.split(path.sep).join("/"))
    .toSorted();
  const digests = files.map(async (it) => [it, digestOf(await readFile(path.join(project, it)))] as const);
  return bundleDigest(Object.fromEntries(await Promise.all(digests)));
}

/** The servers whose sources have changed since their contracts were written; a few files are read, and nothing is built. */
export async function staleContracts(
  project: string,
  recorded: Readonly<Record<string, string>> = MCP_CONTRACT_SOURCES,
): Promise<readonly string[]> {
  const services = Object.entries(recorded).map(async ([service, digest]) =>
    (await contractSources(service, project)) === digest ? [] : [service],
  );
  return (await Promise.all(services)).flat();
}
