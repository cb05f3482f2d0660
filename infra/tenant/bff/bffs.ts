import { bffHost, BFF_SCENARIOS, type BffScenario } from "../../../contracts/bff/hosts.ts";
import { bffName } from "../../../contracts/bff/names.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { BFFS, type Release } from "../../../releases/releases.ts";
import type { TenantAddress } from "../context.ts";

/** A BFF that serves a tenant. */
export interface Bff {
  readonly scenario: BffScenario;
  readonly release: Release;
}

/** The BFFs of these scenarios. */
export function bffsOf(scenarios: readonly Scenario[]): readonly Bff[] {
  return BFF_SCENARIOS.filter((it) => scenarios.includes(it)).map((scenario) => ({ scenario, ...BFFS[scenario] }));
}

/** The name under which a BFF's images are kept, its pods run and its resources are registered. */
export function bffService({ scenario }: Pick<Bff, "scenario">): string {
  return bffName(scenario);
}

/** Where callers reach a tenant's BFF: its host, and that as a URL. */
export function bffAddress(
  { scenario }: Pick<Bff, "scenario">,
  { tenant, environment }: TenantAddress,
): { readonly host: string; readonly url: string } {
  const host = bffHost(tenant.id, { scenario, residency: tenant.residency, domain: environment.domain });
  return { host, url: `https://${host}` };
}
