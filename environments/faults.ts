import { isRecord } from "../contracts/json.ts";
import { RESIDENCIES, ZONE_IDS, residencies } from "./residency.ts";

type Values = Readonly<Record<string, unknown>>;

const SCENARIOS: readonly unknown[] = ["internal", "b2c", "b2b"];

/** What is wrong with an environment that did not come through the type checker: all of it, as sentences; empty when it is sound. */
export function faultsOf(environment: unknown): readonly string[] {
  if (!isRecord(environment)) return ["an environment must be an object"];
  const { agentHosting, regions } = environment;
  return [
    ...matches(environment, "name", /^[a-z][a-z0-9-]{0,19}$/, '1 to 20 of a-z, 0-9 and "-", and begin with a letter'),
    ...matches(environment, "account", /^\d{12}$/, "an AWS account id of 12 digits"),
    ...matches(environment, "domain", /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a DNS name"),
    ...matches(environment, "repository", /^[\w.-]+\/[\w.-]+$/, '"owner/name"'),
    ...matches(environment, "model", /^(?!(global|us|eu|apac)\.)./, "a Bedrock model id without a geography prefix"),
    ...expect(
      agentHosting === "eks" || agentHosting === "runtime",
      `agentHosting "${String(agentHosting)}" must be "eks" or "runtime"`,
    ),
    ...entries(environment, "regions", (id, it) => regionFaults(id, it)),
    ...entries(environment, "tenants", (id, it) => tenantFaults(id, it, isRecord(regions) ? regions : {})),
  ];
}

function matches(environment: Values, key: string, pattern: RegExp, what: string): readonly string[] {
  const value = environment[key];
  return expect(typeof value === "string" && pattern.test(value), `${key} "${String(value)}" must be ${what}`);
}

function entries(
  environment: Values,
  key: string,
  faults: (id: string, it: unknown) => readonly string[],
): readonly string[] {
  const table = environment[key];
  if (!isRecord(table)) return [`${key} must be an object`];
  return Object.entries(table).flatMap(([id, it]) => faults(id, it));
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

function tenantFaults(id: string, tenant: unknown, deployed: Values): readonly string[] {
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
