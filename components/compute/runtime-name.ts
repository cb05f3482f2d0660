/** The longest name that AgentCore accepts for a runtime. */
const MAX_LENGTH = 48;

/** The name of one major version of a tenant's service on AgentCore Runtime: letters, digits and underscores only. */
export function runtimeName(tenant: string, service: string, version: string): string {
  const name = `${tenant}_${service}_v${majorOf(version)}`.replaceAll("-", "_");
  if (name.length > MAX_LENGTH) throw new TypeError(`runtime name "${name}" is longer than ${MAX_LENGTH}`);
  return name;
}

/** The major number of a semantic version. */
export function majorOf(version: string): string {
  return version.split(".")[0] ?? version;
}
