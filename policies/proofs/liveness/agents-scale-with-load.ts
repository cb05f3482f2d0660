import { CONTROL } from "../../engine/frameworks.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { proof } from "../../engine/proof.ts";
import { isScaledByHand } from "../../facts/capacity/sizes.ts";
import { clusterOf } from "../../facts/reach/cluster.ts";
import { namespacedName } from "../../facts/workloads.ts";
import { podsOnEks } from "./checks/agents.ts";
import { cutUnless, type HopChecks, walk } from "./checks/walk.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** A ScaledObject of KEDA makes a HorizontalPodAutoscaler. */
const AUTOSCALERS = ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "kubernetes:keda.sh/v1alpha1:ScaledObject"];

/** Amazon EKS deploys no metrics server by itself; without one the replicas stay at the least. */
export const agentsScaleWithLoad = proof({
  premise: 2,
  id: "agents-scale-with-load",
  severity: "high",
  description:
    "Every agent and BFF has an autoscaler or the number of pods that the data sets, and its cluster has the metrics by which autoscalers decide.",
  remediation: "Add the EKS add-on `metrics-server` to the cluster.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  prove: (platform, record) => {
    for (const agent of podsOnEks(platform)) walk(record, "agents-scale-with-load", agent, checksOf(platform, agent));
  },
});

function checksOf(platform: Platform, agent: Placed): HopChecks<"agents-scale-with-load"> {
  const cluster = clusterOf(platform, agent);
  return {
    autoscaler: () =>
      cutUnless(
        isScaledByHand(agent.resource) ||
          agent.stack.ofType(...AUTOSCALERS).some((it) => namedBy(it) === namespacedName(agent.resource)),
        agent,
        `"${agent.resource.name}" must have an autoscaler.`,
      ),
    metrics: () => {
      const name = cluster?.resource.text("name");
      const has = cluster?.stack
        .ofType(TYPE.addOn)
        .some((it) => it.text("clusterName") === name && it.text("addonName") === "metrics-server");
      return cutUnless(
        has === true,
        cluster ?? agent,
        `"${name ?? "The cluster"}" must have the add-on metrics-server.`,
      );
    },
  };
}

function namedBy(it: Placed["resource"]): string {
  return `${it.text("metadata.namespace") ?? "default"}/${it.text("spec.scaleTargetRef.name") ?? ""}`;
}
