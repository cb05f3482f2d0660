import { format } from "prettier";
import type { McpService } from "../../releases/releases.ts";
import major from "semver/functions/major.js";
import type { ServerDefinition } from "../../services/libraries/mcp-host/definition/definition.ts";
import { contractSources } from "./contract-sources.ts";

/** A server of which its definition can be had, by the version that is asked for. */
export type Define = (version: string) => ServerDefinition<never> | Promise<ServerDefinition<never>>;

type Declared = Pick<ServerDefinition<never>["tools"][number], "scope" | "permission" | "classification">;

/** Where the contracts of all servers are written down, relative to the checkout. */
export const CONTRACTS_FILE = "releases/tool-catalogue.ts";

const HEAD = `// Written by \`npm run build\` from what the servers declare (services/mcp/*/server.ts).
import type { ServerContract } from "../contracts/server-contract.ts";

/** The contracts of the retained majors of each MCP server. */
export const MCP_CONTRACTS: Readonly<Record<string, Readonly<Record<string, ServerContract>>>> = `;

const SOURCES = `/** The digest of the source files that each server's contract was written from. */
export const MCP_CONTRACT_SOURCES: Readonly<Record<string, string>> = `;

/** The text of the file of contracts: of each server in the release data, for each major in it, and of what sources. */
export async function contractsText(
  servers: Readonly<Record<string, McpService>>,
  definitions: Readonly<Record<string, Define>>,
  project: string,
): Promise<string> {
  const sources: Record<string, string> = {};
  const contracts: Record<string, Record<string, object>> = {};
  for (const [service, it] of Object.entries(servers)) {
    const define = definitions[service];
    if (define === undefined) throw new TypeError(`service "${service}" must be in tools/build/mcp-servers.ts`);
    const majors: Record<string, object> = {};
    for (const version of versionsOf(it)) majors[major(version)] = contractOf(await define(version));
    contracts[service] = majors;
    sources[service] = await contractSources(service, project);
  }
  const text = `${HEAD}${JSON.stringify(contracts)};\n\n${SOURCES}${JSON.stringify(sources)};\n`;
  return format(text, { parser: "typescript", printWidth: 120 });
}

/** All versions that a deployment may be asked for, without or after a promotion. */
function versionsOf({ releases, candidate, previous }: McpService): readonly string[] {
  return [...releases, candidate, ...(previous ?? [])].filter((it) => it !== undefined).map((it) => it.version);
}

function contractOf({ tools, prompts = [], resources = [] }: ServerDefinition<never>): object {
  const all = [...tools, ...prompts, ...resources];
  return {
    tools: sorted(tools.map((it) => [it.name, grantOf(it)])),
    prompts: sorted(prompts.map((it) => [it.name, grantOf(it)])),
    resources: sorted(resources.map((it) => [it.uri.split("{", 1)[0] ?? it.uri, grantOf(it)])),
    awsCalls: [...new Set(all.flatMap((it) => it.awsCalls))].sort(),
  };
}

function grantOf({ scope, permission, classification }: Declared): Declared {
  return { scope, permission, classification };
}

function sorted(entries: readonly (readonly [string, Declared])[]): Readonly<Record<string, Declared>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
