import { LABEL } from "../../../contracts/tags.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import type { Value } from "../../engine/value.ts";

/** What nodes of EKS Auto Mode are: their security groups are those of every pod that runs on them. */
export const NODE_CLASS = "kubernetes:eks.amazonaws.com/v1:NodeClass";

const NODE_POOL = "kubernetes:karpenter.sh/v1:NodePool";

/**
 * The one service whose pods run on the nodes of a class, by the taint of every pool that uses it; `undefined` where others may run there, too.
 * Which pods tolerate the taint is judged with them.
 */
export function serviceOfNodes(nodeClass: ResourceView, stack: StackIndex): string | undefined {
  const name = nodeClass.text("metadata.name");
  const pools = stack.ofType(NODE_POOL).filter((it) => it.text("spec.template.spec.nodeClassRef.name") === name);
  const services = new Set(pools.map(serviceOfPool));
  const [service, ...others] = services;
  return others.length > 0 ? undefined : service;
}

function serviceOfPool(pool: ResourceView): string | undefined {
  return pool.list("spec.template.spec.taints").find(isOfService)?.text("value");
}

/** Whether a taint or a toleration is of a service's own nodes. */
function isOfService(it: Value): boolean {
  const keepsOff = ["NoSchedule", "NoExecute"].includes(it.text("effect") ?? "");
  return it.text("key") === LABEL.service && keepsOff;
}
