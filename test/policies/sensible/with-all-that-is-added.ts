import type { Plan } from "../../../plan/model.ts";
import { SENSIBLE_CHANGES } from "./changes.ts";
import { changedPlans } from "./sensible-change.ts";

/** The stacks of staging with all that sensible changes add to them, by address. */
export async function withAllThatIsAdded(): Promise<ReadonlyMap<string, Plan>> {
  const all = new Map<string, Plan>();
  for (const { stack, adds } of Object.values(SENSIBLE_CHANGES)) {
    for (const plan of await changedPlans({ stack, ...(adds && { adds }) })) {
      const before = all.get(plan.stack)?.resources ?? [];
      const known = new Set(before.map(({ urn }) => urn));
      all.set(plan.stack, { ...plan, resources: [...before, ...plan.resources.filter(({ urn }) => !known.has(urn))] });
    }
  }
  return all;
}
