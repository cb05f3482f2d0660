import type { Placed } from "../../engine/platform.ts";
import { lookup } from "../../engine/lookup.ts";
import type { ResourceView } from "../../engine/resource-view.ts";
import { namespacedName } from "../workloads.ts";

const KEDA = "kubernetes:keda.sh/v1alpha1:ScaledObject";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

/** The most pods of a workload: those of its autoscaler, else its replicas. */
export function mostPods(it: Placed): number {
  return boundsOf(it)[1];
}

/** The least pods of a workload: those of its autoscaler, else its replicas. */
export function leastPods(it: Placed): number {
  return boundsOf(it)[0];
}

function boundsOf({ resource, stack }: Placed): readonly [least: number, most: number] {
  const [scaler] = scalers(stack).find(namespacedName(resource));
  if (scaler !== undefined) return boundsOfScaler(scaler);
  const replicas = resource.number("spec.replicas") ?? 1;
  return [replicas, replicas];
}

/** The least and the most replicas of an autoscaler, with the defaults of Kubernetes and of KEDA. */
export function boundsOfScaler(it: ResourceView): readonly [least: number, most: number] {
  return it.type === KEDA
    ? [it.number("spec.minReplicaCount") ?? 0, it.number("spec.maxReplicaCount") ?? 100]
    : [it.number("spec.minReplicas") ?? 1, it.number("spec.maxReplicas") ?? 0];
}

const scalers = lookup(
  [AUTOSCALER, KEDA],
  (it) => `${it.text("metadata.namespace") ?? "default"}/${it.text("spec.scaleTargetRef.name") ?? ""}`,
);
