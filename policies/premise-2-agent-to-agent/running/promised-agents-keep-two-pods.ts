import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import { sizeOf } from "../../facts/capacity/sizes.ts";
import { leastPods } from "../../facts/capacity/pod-counts.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { agents } from "../../facts/workloads.ts";

export const promisedAgentsKeepTwoPods = rule({
  premise: 2,
  id: "promised-agents-keep-two-pods",
  severity: "medium",
  description:
    "An agent of which 99.9 % availability is promised has two pods at least: one goes whenever its node is replaced.",
  remediation: "Give it two replicas at least: `minReplicas` of its autoscaler, or `spec.replicas` where it has none.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: {
    types: [TYPE.deployment],
    where: (it, stack) => agents.where?.(it, stack) === true && sizeOf(it).availability !== undefined,
  },
  judge: (it, stack) =>
    leastPods({ resource: it, stack }) >= 2 ? undefined : `"${it.name}" must keep two pods at least.`,
});
