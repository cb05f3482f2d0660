import { SCENARIOS } from "../../../contracts/scenarios.ts";
import { addressesOf } from "../../../environments/address.ts";
import { faultsOf } from "../../../environments/faults.ts";
import { RESIDENCIES, residencies, type Region, ZONE_IDS } from "../../../environments/residency.ts";
import type { Environment, RegionSettings, Tenant } from "../../../environments/schema.ts";

/** Every set of scenarios that a tenant may have. */
export const SCENARIO_SETS = Array.from({ length: 2 ** SCENARIOS.length - 1 }, (_, i) =>
  SCENARIOS.filter((__, bit) => ((i + 1) & (1 << bit)) !== 0),
);

const MODELS = {
  us: "anthropic.claude-sonnet-4-5-20250929-v1:0",
  eu: "anthropic.claude-sonnet-4-5-20250929-v1:0",
  apac: "amazon.nova-pro-v1:0",
  br: "openai.gpt-oss-120b-1:0",
} as const;

/**
 * An environment in all seven regions with so many tenants, which take turns in residencies and sets of scenarios: 28 tenants have each
 * of one with each of the other, and from five on two share a region. Every third lives in both regions of its residency.
 */
export function syntheticEnvironment(
  tenants: number,
  agentHosting: Environment["agentHosting"],
  name = "synthetic",
): Environment {
  const regions = Object.keys(ZONE_IDS) as Region[];
  const it: Environment = {
    name,
    account: "444455556666",
    domain: "synthetic.example.org",
    repository: "example/synthetic",
    agentHosting,
    models: MODELS,
    alerts: ["duty@example.org"],
    regions: Object.fromEntries(regions.map((region, i) => [region, settingsOf(i, tenants)])),
    tenants: Object.fromEntries(Array.from({ length: tenants }, (_, i) => [`tenant-${i + 1}`, tenantOf(i)])),
  };
  const faults = faultsOf(name, { [name]: it });
  if (faults.length > 0) throw new Error(faults.map(({ key, message }) => `${key}: ${message}`).join("\n"));
  return it;
}

/** The stacks of the environment, and it as the only environment that there is. */
export function inAWorldOfItsOwn(it: Environment): {
  readonly addresses: readonly string[];
  readonly known: Readonly<Record<string, Environment>>;
} {
  return { addresses: addressesOf(it), known: { [it.name]: it } };
}

/** Regions have room for the pods of their tenants. */
function settingsOf(i: number, tenants: number): RegionSettings {
  return {
    mostNodes: { general: Math.max(10, tenants), compute: Math.max(20, tenants) },
    cidr: `10.${i}.0.0/16`,
    instanceTypes: ["m6i.large", "c6i.xlarge"],
    agents: { min: 1, max: 10, targetCpuPercent: 70 },
  };
}

function tenantOf(i: number): Tenant {
  const residency = residencies[i % residencies.length]!;
  const set = RESIDENCIES[residency];
  const regions = i % 3 === 0 ? set : set.slice(0, 1);
  const scenarios = SCENARIO_SETS[i % SCENARIO_SETS.length]!;
  return { residency, regions, scenarios } as unknown as Tenant;
}
