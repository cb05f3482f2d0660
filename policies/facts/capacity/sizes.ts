import { KIND, LABEL } from "../../../contracts/tags.ts";
import { agentSize, type AgentSize, USUAL_SIZE } from "../../../environments/capacity/agent-sizes.ts";
import type { ResourceView } from "../../engine/resource-view.ts";

/** The label by which pods choose their pool of nodes (Karpenter). */
export const POOL_LABEL = "karpenter.sh/nodepool";

/** The label by which pods and pools choose between `on-demand` and `spot` (Karpenter). */
export const CAPACITY_LABEL = "karpenter.sh/capacity-type";

/** What the data says that the pods of a workload need: that of an agent by its name, else the usual. */
export function sizeOf(it: ResourceView): AgentSize {
  return it.label(LABEL.kind) === KIND.bff ? USUAL_SIZE : agentSize(it.label(LABEL.name) ?? "");
}

/** Whether the data sets the number of a workload's pods, and the workload has just that many. */
export function isScaledByHand(it: ResourceView): boolean {
  const { pods } = sizeOf(it);
  return "manual" in pods && it.number("spec.replicas") === pods.manual;
}
