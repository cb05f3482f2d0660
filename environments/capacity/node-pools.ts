import { instanceSize, type InstanceSize } from "./instance-types.ts";
import type { RegionSettings } from "../schema.ts";

/** The node pools of a region on which tenants' pods run. */
export type PoolName = "general" | "compute";

/** A taint of nodes, and so what a pod must tolerate to run there. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule";
}

/** What only pods that compute much tolerate. */
export const COMPUTE_TAINT: Taint = { key: "workload-type", value: "compute-intensive", effect: "NoSchedule" };

/** What nodes are labelled with in EKS Auto Mode that encrypt what they send each other (Amazon EKS user guide, "Auto Mode supported labels"). */
export const ENCRYPTS_LABEL = "eks.amazonaws.com/instance-encryption-in-transit-supported";

/** A pool as it is declared in one region. */
export interface NodePool {
  /** Its name in the cluster, which pods select. */
  readonly name: string;
  readonly instanceTypes: readonly string[];
  /** The most that all of its nodes may have together. */
  readonly limits: InstanceSize;
  readonly taints: readonly Taint[];
  /** Whether EC2 Spot capacity is taken where a pod allows it. */
  readonly spot: boolean;
}

/** The most nodes of a pool, where a region says nothing else (the specification's node groups). */
export const MOST_NODES: Readonly<Record<PoolName, number>> = { general: 10, compute: 20 };

/** Names of the pools in every cluster. */
export const POOL_NAMES: Readonly<Record<PoolName, string>> = {
  general: "ai-agents-general",
  compute: "ai-agents-compute",
};

/**
 * The pools of a region. Amazon EKS Auto Mode knows no least, wanted and greatest number of nodes: nodes follow the pods, and a pool's limit is of CPU
 * and memory (Karpenter, "NodePools"). The limit is the greatest number of nodes of the pool's largest type.
 */
export function nodePools({ instanceTypes, mostNodes }: RegionSettings): Readonly<Record<PoolName, NodePool>> {
  const compute = ["c6i.2xlarge", "c6i.4xlarge"];
  return {
    general: {
      name: POOL_NAMES.general,
      instanceTypes,
      limits: limitsOf(instanceTypes, mostNodes?.general ?? MOST_NODES.general),
      taints: [],
      spot: false,
    },
    compute: {
      name: POOL_NAMES.compute,
      instanceTypes: compute,
      limits: limitsOf(compute, mostNodes?.compute ?? MOST_NODES.compute),
      taints: [COMPUTE_TAINT],
      spot: true,
    },
  };
}

/** The most nodes of all pools of a region together. */
export function mostNodesOf({ mostNodes }: RegionSettings): number {
  return (mostNodes?.general ?? MOST_NODES.general) + (mostNodes?.compute ?? MOST_NODES.compute);
}

/** `count` nodes of the largest of the types; those whose size is not known count nothing. */
export function limitsOf(types: readonly string[], count: number): InstanceSize {
  const sizes = types.map((it) => instanceSize(it) ?? { cpus: 0, memoryGib: 0 });
  return {
    cpus: count * Math.max(...sizes.map((it) => it.cpus)),
    memoryGib: count * Math.max(...sizes.map((it) => it.memoryGib)),
  };
}
