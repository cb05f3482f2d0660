import { addressesOf } from "../../../environments/address.ts";
import { environments } from "../../../environments/index.ts";
import type { Plan } from "../../../plan/model.ts";
import { planStacks } from "../../../tools/offline-planner/plan.ts";

/** The plans of all stacks of each environment, with every value known. */
export async function plansOfAllEnvironments(): Promise<ReadonlyMap<string, readonly Plan[]>> {
  const all = new Map<string, readonly Plan[]>();
  for (const it of Object.values(environments)) {
    const plans = await planStacks(addressesOf(it), { preview: "known" });
    all.set(
      it.name,
      plans.map(({ plan }) => plan),
    );
  }
  return all;
}
