import type { Descriptions } from "../description.ts";
import { CAPACITY, NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

/** Autoscalers of KEDA. Triggers that ask another service are not understood: they connect to it, with credentials. */
export const KEDA: Descriptions = object("kubernetes:keda.sh/v1alpha1:ScaledObject", {
  read: [
    "metadata.namespace",
    "spec.maxReplicaCount",
    "spec.minReplicaCount",
    "spec.scaleTargetRef.kind",
    "spec.scaleTargetRef.name",
  ],
  inert: {
    "metadata.name": NAME,
    "spec.cooldownPeriod": CAPACITY,
    "spec.pollingInterval": CAPACITY,
    "spec.scaleTargetRef.apiVersion": "A part of the kind, which is read.",
    "spec.triggers.metadata.value": CAPACITY,
    "spec.triggers.metricType": CAPACITY,
  },
  accepts: { "spec.triggers.type": ["cpu", "memory"] },
});
