import type { Descriptions } from "../description.ts";
import { CAPACITY, NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

/** Kubernetes' autoscalers. */
export const AUTOSCALING: Descriptions = object("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", {
  read: ["metadata.namespace", "spec.maxReplicas", "spec.minReplicas", "spec.scaleTargetRef.name"],
  inert: {
    "metadata.name": NAME,
    "spec.behavior": CAPACITY,
    "spec.metrics": CAPACITY,
    "spec.scaleTargetRef.apiVersion": "A part of the kind, which is read.",
  },
  accepts: { "spec.scaleTargetRef.kind": ["Deployment"] },
  needs: ["spec.minReplicas"],
});
