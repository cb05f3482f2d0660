import type { Descriptions } from "../description.ts";
import { CAPACITY } from "../reasons.ts";
import { object } from "./described-object.ts";

/** Pools of nodes, which EKS Auto Mode makes. */
export const KARPENTER: Descriptions = object("kubernetes:karpenter.sh/v1:NodePool", {
  read: ["metadata.name", "spec.limits"],
  inert: {
    "spec.disruption": "When nodes are replaced.",
    "spec.template.spec.expireAfter": "When nodes are replaced.",
    "spec.template.spec.requirements": CAPACITY,
  },
  accepts: {
    "spec.template.spec.nodeClassRef.group": ["eks.amazonaws.com"],
    "spec.template.spec.nodeClassRef.kind": ["NodeClass"],
    "spec.template.spec.nodeClassRef.name": ["default"],
  },
});
