import type { Descriptions } from "../description.ts";
import { ROLE } from "../reasons.ts";
import { object } from "./described-object.ts";

/** Pools of nodes, which EKS Auto Mode makes, and what their nodes are. */
export const KARPENTER: Descriptions = {
  ...object("kubernetes:eks.amazonaws.com/v1:NodeClass", {
    read: ["metadata.name", "spec.securityGroupSelectorTerms.id"],
    inert: { "spec.role": ROLE, "spec.subnetSelectorTerms.id": "In whichever subnet: nodes have no public address." },
    accepts: { "spec.networkPolicy": ["DefaultDeny"] },
    needs: ["spec.networkPolicy"],
  }),
  ...object("kubernetes:karpenter.sh/v1:NodePool", {
    read: [
      "metadata.name",
      "spec.limits",
      "spec.template.spec.nodeClassRef.name",
      "spec.template.spec.requirements",
      "spec.template.spec.taints",
    ],
    inert: {
      "spec.disruption": "When nodes are replaced.",
      "spec.template.spec.expireAfter": "When nodes are replaced.",
    },
    accepts: {
      "spec.template.spec.nodeClassRef.group": ["eks.amazonaws.com"],
      "spec.template.spec.nodeClassRef.kind": ["NodeClass"],
    },
    needs: ["spec.template.spec.nodeClassRef.group", "spec.template.spec.nodeClassRef.kind"],
  }),
};
