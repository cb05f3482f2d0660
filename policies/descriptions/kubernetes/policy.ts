import type { Descriptions } from "../description.ts";
import { NAME } from "../reasons.ts";
import { object } from "./described-object.ts";

const EVICTION = "How many pods may be away at once while nodes are replaced.";

/** Kubernetes' budgets of disruption. */
export const POLICY: Descriptions = object("kubernetes:policy/v1:PodDisruptionBudget", {
  read: ["metadata.namespace", "spec.maxUnavailable", "spec.selector"],
  inert: {
    "metadata.name": NAME,
    "spec.minAvailable": EVICTION,
  },
});
