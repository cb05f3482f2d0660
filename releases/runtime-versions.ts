/**
 * The version of each AgentCore runtime that its endpoint serves, by address and by the runtime's name in that stack, for example
 * `{ "production.eu-west-1.xyz-gmbh": { "mcp-database-v3": 2 } }`. AgentCore counts a runtime's versions from 1: one more for each
 * change of its image, variables, role or network. A runtime that is not here serves its first.
 */
export const RUNTIME_VERSIONS: RuntimeVersions = {};

/** Versions by address and runtime. */
export type RuntimeVersions = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The version that the endpoint of a runtime serves; throws a `TypeError` for one that AgentCore cannot have given. */
export function runtimeVersion(address: string, runtime: string, all: RuntimeVersions = RUNTIME_VERSIONS): string {
  const version = all[address]?.[runtime] ?? 1;
  if (Number.isInteger(version) && version > 0) return String(version);
  throw new TypeError(`version ${version} of ${runtime} in ${address} must be a whole number from 1 on`);
}
