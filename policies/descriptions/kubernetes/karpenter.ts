import type { Descriptions } from "../description.ts";
import { CAPACITY, NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

/** Pools of nodes, which EKS Auto Mode makes. */
export const KARPENTER: Descriptions = object("kubernetes:karpenter.sh/v1:NodePool", {
  inert: {
    "metadata.name": NAME,
    "spec.disruption": "When nodes are replaced.",
    "spec.limits": CAPACITY,
    "spec.template.spec.expireAfter": "When nodes are replaced.",
    "spec.template.spec.requirements": CAPACITY,
  },
  accepts: {
    "spec.template.spec.nodeClassRef.group": ["eks.amazonaws.com"],
    "spec.template.spec.nodeClassRef.kind": ["NodeClass"],
    "spec.template.spec.nodeClassRef.name": ["default"],
  },
  needs: [
    "spec.template.spec.nodeClassRef.group",
    "spec.template.spec.nodeClassRef.kind",
    "spec.template.spec.nodeClassRef.name",
  ],
});
