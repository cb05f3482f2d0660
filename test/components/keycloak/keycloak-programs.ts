import type { Plan } from "../../../plan/model.ts";
import { planStacks } from "../../../tools/offline-planner/plan.ts";

/** A region's stack, whose Keycloak is tested here. */
export const REGION_STACK = "production.eu-west-1";

/** What the region's stack asks for: a Keycloak cannot be planned without a cluster and a network. */
export async function regionPlan(): Promise<Plan> {
  const [stack] = await planStacks([REGION_STACK], { preview: "known" });
  if (stack === undefined) throw new TypeError(`${REGION_STACK} must be planned`);
  return stack.plan;
}
