import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LABEL } from "../../contracts/tags.ts";
import { limitsOf } from "../../environments/capacity/node-pools.ts";
import { nodePool } from "../compute/node-pool.ts";

/** What nodes for Keycloak alone are made of. */
export interface KeycloakNodesArgs {
  /** Name of the cluster's role of nodes, which Amazon EKS knows already. */
  readonly nodeRoleName: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<readonly string[]>;
  /** The cluster's own security group, and the one that the database admits. */
  readonly groupIds: readonly pulumi.Input<string>[];
  readonly instanceTypes: readonly string[];
}

/** What only Keycloak's pods tolerate. */
export const TAINT = { key: LABEL.service, value: "keycloak", effect: "NoSchedule" } as const;

/**
 * Nodes on which nothing but Keycloak runs. In Auto Mode pods are in the security groups of their node, so these are the only pods that the
 * database admits (Amazon EKS, "Create a Node Class").
 */
export function keycloakNodes(
  name: string,
  { nodeRoleName, subnetIds, groupIds, instanceTypes }: KeycloakNodesArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  const nodeClass = new kubernetes.apiextensions.CustomResource(
    `${name}-nodes`,
    {
      apiVersion: "eks.amazonaws.com/v1",
      kind: "NodeClass",
      metadata: { name },
      spec: {
        role: nodeRoleName,
        subnetSelectorTerms: termsOf(subnetIds),
        securityGroupSelectorTerms: groupIds.map((id) => ({ id })),
        networkPolicy: "DefaultDeny",
      },
    },
    opts,
  );
  return new kubernetes.apiextensions.CustomResource(`${name}-pool`, poolOf(name, instanceTypes), {
    ...opts,
    dependsOn: [nodeClass],
  });
}

/** Two servers, one more while nodes change, and one more where a zone is lost. */
const MOST_NODES = 4;

function poolOf(name: string, instanceTypes: readonly string[]): kubernetes.apiextensions.CustomResourceArgs {
  const limits = limitsOf(instanceTypes, MOST_NODES);
  return nodePool(
    { name, instanceTypes, limits, taints: [TAINT], spot: false },
    { nodeClass: name, consolidation: "WhenEmpty" },
  );
}

function termsOf(ids: pulumi.Input<readonly string[]>): pulumi.Output<{ readonly id: string }[]> {
  return pulumi.output(ids).apply((all) => all.map((id) => ({ id })));
}
