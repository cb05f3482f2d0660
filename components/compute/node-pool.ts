import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { PRIORITIES } from "../../environments/capacity/priorities.ts";
import { ENCRYPTS_LABEL, type NodePool } from "../../environments/capacity/node-pools.ts";

/** How the nodes of a pool are made, and when one is taken away to save. */
export interface NodeManagement {
  /** The name of a NodeClass of the cluster. */
  readonly nodeClass: string;
  readonly consolidation: "WhenEmpty" | "WhenEmptyOrUnderutilized";
}

/** A pool of nodes of agents and BFFs; what AWS itself runs stays in the pool `system`. */
export function agentNodes(pool: NodePool): kubernetes.apiextensions.CustomResourceArgs {
  return nodePool(pool, { nodeClass: "default", consolidation: "WhenEmptyOrUnderutilized" });
}

/** A pool of nodes as Karpenter takes it (Amazon EKS, "Create a Node Pool for EKS Auto Mode"). */
export function nodePool(
  { name, instanceTypes, limits, taints, spot }: NodePool,
  { nodeClass, consolidation }: NodeManagement,
): kubernetes.apiextensions.CustomResourceArgs {
  const among = (key: string, values: readonly string[]): object => ({ key, operator: "In", values });
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      template: {
        spec: {
          nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: nodeClass },
          requirements: [
            among("node.kubernetes.io/instance-type", instanceTypes),
            // Where both are given, Spot is tried first (Karpenter, "NodePools", capacity type).
            among("karpenter.sh/capacity-type", spot ? ["spot", "on-demand"] : ["on-demand"]),
            among(ENCRYPTS_LABEL, ["true"]),
          ],
          ...(taints.length > 0 && { taints }),
          expireAfter: "336h",
        },
      },
      limits: { cpu: `${limits.cpus}`, memory: `${limits.memoryGib}Gi` },
      disruption: { consolidationPolicy: consolidation, consolidateAfter: "5m" },
    },
  };
}

/** The order in which pods that wait get a place. No pod loses its place to another one. */
export function priorityClasses(name: string, opts: pulumi.CustomResourceOptions): void {
  for (const { name: title, value, description } of Object.values(PRIORITIES)) {
    new kubernetes.scheduling.v1.PriorityClass(
      `${name}-${title}`,
      { metadata: { name: title }, value, description, preemptionPolicy: "Never", globalDefault: false },
      opts,
    );
  }
}
