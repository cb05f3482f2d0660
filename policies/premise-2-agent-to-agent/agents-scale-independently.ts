import { CONTROL } from "../engine/frameworks.ts";
import { lookup } from "../engine/lookup.ts";
import { rule } from "../engine/rule.ts";
import { absent } from "../engine/three-values.ts";
import { agentDeployments, namespacedName } from "../facts/workloads.ts";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

export const agentsScaleIndependently = rule({
  premise: 2,
  id: "agents-scale-independently",
  severity: "medium",
  description: "Each agent has its own autoscaler, so that load on one neither starves nor inflates another.",
  remediation: "Add a HorizontalPodAutoscaler whose `scaleTargetRef` is the agent's Deployment.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoCapacity],
  subjects: agentDeployments,
  judge: (it, stack) => {
    const autoscalers = autoscalersByTarget(stack).find(namespacedName(it));
    if (autoscalers.length === 0) return absent(`"${it.name}" must have an autoscaler of its own.`);
    return autoscalers.length > 1 ? `"${it.name}" must have one autoscaler, not ${autoscalers.length}.` : undefined;
  },
});

const autoscalersByTarget = lookup([AUTOSCALER], (it) =>
  it.text("spec.scaleTargetRef.kind") === "Deployment"
    ? `${it.text("metadata.namespace") ?? "default"}/${it.text("spec.scaleTargetRef.name") ?? ""}`
    : undefined,
);
