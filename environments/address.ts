import { environments, requireSound } from "./index.ts";
import type { Region } from "./residency.ts";
import type { Environment, RegionSettings, Tenant } from "./schema.ts";

/** What a stack's name says: which layer it builds, of which environment, region and tenant. */
export type Address =
  | { readonly layer: "environment"; readonly environment: Environment }
  | {
      readonly layer: "region";
      readonly environment: Environment;
      readonly region: Region;
      readonly settings: RegionSettings;
    }
  | {
      readonly layer: "tenant";
      readonly environment: Environment;
      readonly region: Region;
      readonly settings: RegionSettings;
      readonly tenant: Tenant & { readonly id: string };
    };

/** A stack name that is not an address; the message lists what would have been valid in its place. */
export class AddressError extends Error {
  readonly code = "ERR_ADDRESS";
  readonly valid: readonly string[];

  constructor(message: string, valid: readonly string[]) {
    super(`${message}; valid: ${valid.join(", ")}`);
    this.name = "AddressError";
    this.valid = valid;
  }
}

/**
 * Reads a stack name, `<env>[.<region>[.<tenant>]]`; throws `AddressError` for anything else, and `EnvironmentError` when the data
 * of its environment is wrong: whoever gets an address may rely on what it holds.
 */
export function parseAddress(name: string, known: Readonly<Record<string, Environment>> = environments): Address {
  const [environmentName = "", regionName, tenantId, ...rest] = name.split(".");
  const environment = own(known, environmentName);
  if (environment === undefined)
    throw new AddressError(`unknown environment "${environmentName}" in "${name}"`, Object.keys(known));
  requireSound(environmentName, known);
  if (regionName === undefined) return { layer: "environment", environment };

  const region = regionName as Region;
  const settings: RegionSettings | undefined = own(environment.regions, regionName);
  if (settings === undefined) {
    throw new AddressError(`unknown region "${regionName}" in "${name}"`, Object.keys(environment.regions));
  }
  if (tenantId === undefined) return { layer: "region", environment, region, settings };

  const tenant = own(environment.tenants, tenantId);
  if (rest.length > 0 || tenant === undefined || !tenantRegions(tenant).includes(region)) {
    throw new AddressError(
      `unknown tenant "${[tenantId, ...rest].join(".")}" in "${name}"`,
      tenantsOf(environment, region),
    );
  }
  return { layer: "tenant", environment, region, settings, tenant: { ...tenant, id: tenantId } };
}

/**
 * Whether a stack is of this platform by its name: an address, or a name that begins with that of an environment, as that of a tenant
 * who has left the data.
 */
export function isOfPlatform(stack: string, known: Readonly<Record<string, Environment>> = environments): boolean {
  return own(known, stack.split(".", 1)[0] ?? "") !== undefined;
}

/** Every address of an environment, in an order in which each comes after those it reads from. */
export function addressesOf({ name, regions, tenants }: Environment): readonly string[] {
  const regionNames = Object.keys(regions);
  return [
    name,
    ...regionNames.map((region) => `${name}.${region}`),
    ...Object.entries(tenants).flatMap(([id, tenant]) =>
      tenantRegions(tenant).map((region) => `${name}.${region}.${id}`),
    ),
  ];
}

/** The address whose outputs `address` reads, or `undefined` for an environment's own stack. */
export function parentAddressOf(address: string): string | undefined {
  const end = address.lastIndexOf(".");
  return end < 0 ? undefined : address.slice(0, end);
}

/** The regions of a tenant: its home first. */
export function tenantRegions({ regions }: Tenant): readonly Region[] {
  return regions;
}

/** The ids of the tenants that are in a region. */
export function tenantsOf({ tenants }: Environment, region: Region): readonly string[] {
  return Object.keys(tenants).filter((id) => {
    const tenant = own(tenants, id);
    return tenant !== undefined && tenantRegions(tenant).includes(region);
  });
}

/** Whether a region has a tenant whose gateways are tried: one with gateways that machines may call. */
export function hasCanaries(environment: Environment, region: Region): boolean {
  return tenantsOf(environment, region).some((id) => {
    const scenarios = own(environment.tenants, id)?.scenarios ?? [];
    return scenarios.some((it) => it !== "internal");
  });
}

function own<T>(table: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
