import { environments } from "../../../environments/index.ts";
import { addressesOf } from "../../../environments/address.ts";
import type { Plan } from "../../../plan/model.ts";
import { plans } from "../../infra/plans.ts";

/** The plans of all stacks of each environment, with every value known. */
export function plansOfAllEnvironments(): ReadonlyMap<string, readonly Plan[]> {
  return new Map(
    Object.values(environments).map((it) => [it.name, addressesOf(it).map((address) => plans.get(address)!.plan)]),
  );
}
