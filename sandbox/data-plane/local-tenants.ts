import { parseAddress } from "../../environments/address.ts";
import type { Residency } from "../../environments/residency.ts";
import type { Tenant } from "../../environments/schema.ts";
import type { Scenario } from "../../contracts/scenarios.ts";
import type { Plan } from "../../plan/model.ts";

/** The stacks of two tenants that share nothing: together they use all three scenarios. */
export const LOCAL_STACKS = ["production.us-east-1.acme-corp", "production.eu-west-1.xyz-gmbh"] as const;

/** A tenant of the shipped data, with what its stack plans for the cloud. */
export interface LocalTenant {
  readonly id: string;
  readonly residency: Residency;
  readonly region: string;
  readonly scenarios: readonly Scenario[];
  readonly organization?: string;
  /** As the tenant chose them. */
  readonly tiers?: Tenant["tiers"];
  /** What it takes of its partners' orders. */
  readonly orderRules?: Tenant["orderRules"];
  /** The APIs that it brings, and where those are that are in its own networks. */
  readonly apis?: Tenant["apis"];
  readonly internalApis?: Tenant["internalApis"];
  readonly plan: Plan;
}

/** The tenants of planned stacks: identity on a laptop is made from what is planned for the cloud. */
export function localTenants(plans: readonly Plan[]): readonly LocalTenant[] {
  return plans.map((plan) => ({ ...tenantOf(plan.stack), plan }));
}

/** The tenant of a stack; throws `TypeError` for a stack of another kind. */
export function tenantOf(stack: string): Omit<LocalTenant, "plan"> {
  const it = parseAddress(stack);
  if (it.layer !== "tenant") throw new TypeError(`${stack} is not a tenant's stack`);
  const { id, residency, scenarios, organization, tiers, orderRules, apis, internalApis } = it.tenant;
  const own = {
    ...(organization !== undefined && { organization }),
    ...(tiers !== undefined && { tiers }),
    ...(orderRules !== undefined && { orderRules }),
    ...(apis !== undefined && { apis }),
    ...(internalApis !== undefined && { internalApis }),
  };
  return { id, residency, region: it.region, scenarios, ...own };
}
