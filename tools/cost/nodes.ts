import { instanceSize, roomOn } from "../../environments/capacity/instance-types.ts";
import { AUTO_MODE_FEE, LOAD, SAVINGS, USAGE } from "../../environments/costs/usage.ts";
import type { Priced } from "../../environments/costs/prices.ts";
import { POOL_NAMES } from "../../environments/capacity/node-pools.ts";
import type { Plan } from "../../plan/model.ts";
import { StackIndex } from "../../policies/engine/stack-index.ts";
import { CAPACITY_LABEL, POOL_LABEL } from "../../policies/facts/capacity/sizes.ts";
import { leastPods, mostPods } from "../../policies/facts/capacity/pod-counts.ts";
import { quantityOf } from "../../policies/facts/capacity/quantity.ts";
import { containersOf } from "../../policies/facts/workloads.ts";
import type { Day } from "../../contracts/day.ts";
import type { environments } from "../../environments/index.ts";
import type { Quantity } from "./line.ts";

const PODS = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet"];
const GIB = 2 ** 30;

/** What the nodes of one workload cost, as a part of the nodes that its pods are on. */
export interface NodeUse extends Quantity {
  readonly workload: string;
  readonly isSpot: boolean;
}

/**
 * Nodes follow pods, and pods of tenants share nodes: each workload pays for its part of a node, by CPU or memory, whichever is more, at the scale
 * of an average hour. The specification's least node of each zone is not counted, since the pools keep none.
 */
export function nodeUses(plan: Plan, today: Day, known: typeof environments): readonly NodeUse[] {
  const stack = new StackIndex(plan, today, known);
  return stack.ofType(...PODS).map((resource): NodeUse => {
    const least = leastPods({ resource, stack });
    const pods = least + LOAD * (mostPods({ resource, stack }) - least);
    const asked = (what: string): number =>
      containersOf(resource).reduce((sum, it) => sum + (quantityOf(it.at("resources.requests", what)) ?? 0), 0);
    const selector = (label: string) => resource.text("spec.template.spec.nodeSelector", label);
    const isCompute = selector(POOL_LABEL) === POOL_NAMES.compute;
    const priced: Priced = isCompute ? "c6i.2xlarge" : "m6i.large";
    const room = roomOn(instanceSize(priced) ?? { cpus: 1, memoryGib: 1 });
    const part = Math.max(asked("cpu") / room.cpus, asked("memory") / GIB / room.memoryGib);
    const isSpot = isCompute && selector(CAPACITY_LABEL) === undefined;
    const share = 1 + AUTO_MODE_FEE - (isSpot ? SAVINGS.spot : 0);
    const quantity = pods * part * USAGE.hours;
    return { workload: resource.name, priced, quantity, share, isSpot, isAssumed: true };
  });
}
