import { addressesOf } from "../../environments/address.ts";
import { environments } from "../../environments/index.ts";
import type { PlannedResource } from "../../plan/model.ts";
import { planStacks, type StackPlan } from "../../tools/offline-planner/plan.ts";

/** Every stack of every environment. */
export const ADDRESSES = Object.values(environments).flatMap(addressesOf);

/** The stacks of tenants. */
export const TENANTS = ADDRESSES.filter((it) => it.split(".").length === 3);

/** A tenant with every scenario. */
export const ACME = "production.us-east-1.acme-corp";

/** A tenant under the GDPR. */
export const XYZ = "production.eu-west-1.xyz-gmbh";

/** What every stack asks for, planned once for all tests of a process. */
export const plans: ReadonlyMap<string, StackPlan> = new Map(
  (await planStacks(ADDRESSES, { preview: "known" })).map((it) => [it.address, it]),
);

/** The resources of a stack. */
export function resourcesOf(address: string): readonly PlannedResource[] {
  return plans.get(address)!.plan.resources;
}

/** The resources of a stack that are of one type. */
export function resourcesOfType(address: string, type: string): readonly PlannedResource[] {
  return resourcesOf(address).filter((it) => it.type === type);
}

/** The one resource of a stack with this type and name; throws if there is none. */
export function resourceOf(address: string, type: string, name: string): PlannedResource {
  const it = resourcesOfType(address, type).find((one) => one.name === name);
  if (it === undefined) throw new Error(`${address} has no ${type} ${name}`);
  return it;
}

/** The variables of a runtime or a function. */
export function variablesOf(it: PlannedResource): Readonly<Record<string, string>> {
  const { environmentVariables, environment } = it.inputs as {
    readonly environmentVariables?: Readonly<Record<string, string>>;
    readonly environment?: { readonly variables: Readonly<Record<string, string>> };
  };
  return environmentVariables ?? environment?.variables ?? {};
}
