import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";
import { boundsOfScaler } from "../facts/capacity/pod-counts.ts";
import { TYPE } from "../facts/resource-types.ts";
import { isScaledByHand } from "../facts/capacity/sizes.ts";
import { namespacedName, scalableAgents } from "../facts/workloads.ts";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const KEDA = "kubernetes:keda.sh/v1alpha1:ScaledObject";

export const agentsScaleIndependently = rule({
  premise: 2,
  id: "agents-scale-independently",
  severity: "medium",
  description:
    "Each agent has its own autoscaler, or the number of pods that the data sets for it, so that load on one neither starves nor inflates another.",
  remediation:
    "Add a HorizontalPodAutoscaler, or a ScaledObject of KEDA, whose `scaleTargetRef` is the agent's Deployment, with fewer replicas at least than at most.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: scalableAgents,
  judge: (it, stack) => {
    const found = autoscalers(stack).find(`${it.type} ${namespacedName(it)}`);
    const [autoscaler] = found;
    if (autoscaler === undefined && isScaledByHand(it)) return undefined;
    if (autoscaler === undefined) return absent(`"${it.name}" must have an autoscaler of its own.`);
    if (found.length > 1) return `"${it.name}" must have one autoscaler, not ${found.length}.`;
    const [least, most] = boundsOfScaler(autoscaler);
    return least < most ? undefined : `"${it.name}" must be scaled between a smaller and a larger number of replicas.`;
  },
});

/** The types that an autoscaler's target can be, by its kind. */
const TARGETS: Readonly<Record<string, string>> = { Deployment: TYPE.deployment, StatefulSet: TYPE.statefulSet };

const autoscalers = lookup([AUTOSCALER, KEDA], (it) => {
  // KEDA takes a Deployment where no kind is given (keda.sh, ScaledObject specification).
  const kind = it.text("spec.scaleTargetRef.kind") ?? (it.type === KEDA ? "Deployment" : "");
  const name = it.text("spec.scaleTargetRef.name") ?? "";
  return `${TARGETS[kind] ?? kind} ${it.text("metadata.namespace") ?? "default"}/${name}`;
});
