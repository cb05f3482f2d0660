import { RESIDENCIES, ZONE_IDS, residencies } from "./residency.ts";

const SCENARIOS: readonly unknown[] = ["internal", "b2c", "b2b"];

/** What is wrong with an environment that did not come through the type checker: all of it, as sentences; empty when it is sound. */
export function faultsOf(environment: unknown): readonly string[] {
  if (!isRecord(environment)) return ["an environment must be an object"];
  const { name, account, domain, repository, agentHosting, model, regions, tenants } = environment;
  return [
    ...expect(
      typeof name === "string" && /^[a-z][a-z0-9-]{0,19}$/.test(name),
      `name "${String(name)}" must be 1 to 20 of a-z, 0-9 and "-", and begin with a letter`,
    ),
    ...expect(
      typeof account === "string" && /^\d{12}$/.test(account),
      `account "${String(account)}" must be an AWS account id of 12 digits`,
    ),
    ...expect(
      typeof domain === "string" && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain),
      `domain "${String(domain)}" must be a DNS name`,
    ),
    ...expect(
      typeof repository === "string" && /^[\w.-]+\/[\w.-]+$/.test(repository),
      `repository "${String(repository)}" must be "owner/name"`,
    ),
    ...expect(
      agentHosting === "eks" || agentHosting === "runtime",
      `agentHosting "${String(agentHosting)}" must be "eks" or "runtime"`,
    ),
    ...expect(
      typeof model === "string" && model.length > 0 && !/^(global|us|eu|apac)\./.test(model),
      `model "${String(model)}" must be a Bedrock model id without a geography prefix`,
    ),
    ...(isRecord(regions)
      ? Object.entries(regions).flatMap(([id, it]) => regionFaults(id, it))
      : ["regions must be an object"]),
    ...(isRecord(tenants)
      ? Object.entries(tenants).flatMap(([id, it]) => tenantFaults(id, it, isRecord(regions) ? regions : {}))
      : ["tenants must be an object"]),
  ];
}

function regionFaults(id: string, settings: unknown): readonly string[] {
  const where = `region "${id}"`;
  if (!Object.hasOwn(ZONE_IDS, id)) return [`${where} is unknown; known: ${Object.keys(ZONE_IDS).join(", ")}`];
  if (!isRecord(settings)) return [`${where} must be an object`];
  const { cidr, instanceTypes, agents } = settings;
  return [
    ...expect(
      typeof cidr === "string" && /^10\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])\.0\.0\/16$/.test(cidr),
      `${where}: cidr "${String(cidr)}" must be 10.<n>.0.0/16`,
    ),
    ...expect(
      Array.isArray(instanceTypes) && instanceTypes.length > 0,
      `${where}: at least one instance type is needed`,
    ),
    ...expect(
      isRecord(agents) && isAscending([1, agents["min"], agents["max"]]),
      `${where}: agents must have 1 <= min <= max`,
    ),
    ...expect(
      isRecord(agents) && isAscending([1, agents["targetCpuPercent"], 100]),
      `${where}: agents.targetCpuPercent must be 1 to 100`,
    ),
  ];
}

function tenantFaults(id: string, tenant: unknown, deployed: Readonly<Record<string, unknown>>): readonly string[] {
  const where = `tenant "${id}"`;
  if (!isRecord(tenant)) return [`${where} must be an object`];
  const { residency, regions, scenarios } = tenant;
  const allowed = residencies.find((it) => it === residency);
  return [
    ...expect(
      /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/.test(id),
      `${where} must be 2 to 20 of a-z, 0-9 and "-", begin with a letter and not end with "-"`,
    ),
    ...expect(
      allowed !== undefined,
      `${where}: residency "${String(residency)}" is unknown; known: ${residencies.join(", ")}`,
    ),
    ...expect(Array.isArray(regions) && regions.length > 0, `${where}: at least one region is needed`),
    ...list(regions).flatMap((region) => [
      ...expect(
        allowed === undefined || (RESIDENCIES[allowed] as readonly unknown[]).includes(region),
        `${where}: data of residency "${String(residency)}" may not be in region "${String(region)}"`,
      ),
      ...expect(
        typeof region === "string" && Object.hasOwn(deployed, region),
        `${where}: region "${String(region)}" is not deployed`,
      ),
    ]),
    ...expect(Array.isArray(scenarios) && scenarios.length > 0, `${where}: at least one scenario is needed`),
    ...list(scenarios).flatMap((it) =>
      expect(SCENARIOS.includes(it), `${where}: scenario "${String(it)}" is unknown; known: ${SCENARIOS.join(", ")}`),
    ),
  ];
}

function expect(holds: boolean, fault: string): readonly string[] {
  return holds ? [] : [fault];
}

function isAscending(values: readonly unknown[]): boolean {
  return values.every((it, i) => typeof it === "number" && (i === 0 || it >= (values[i - 1] as number)));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
