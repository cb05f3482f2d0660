import major from "semver/functions/major.js";

/** The longest name that AgentCore accepts for a runtime. */
const MAX_LENGTH = 48;

/** The name of one major version, or of the release on trial, of a tenant's service on AgentCore Runtime: letters, digits and underscores only. */
export function runtimeName(tenant: string, service: string, version: string, { onTrial = false } = {}): string {
  const name = `${tenant}_${service}_${onTrial ? "next" : `v${major(version)}`}`.replaceAll("-", "_");
  if (name.length > MAX_LENGTH) throw new TypeError(`runtime name "${name}" is longer than ${MAX_LENGTH}`);
  return name;
}
