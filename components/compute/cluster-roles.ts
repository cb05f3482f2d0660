import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "../place.ts";
import { policyDocument } from "../identity/policy-document.ts";

/** The policies of AWS that the roles of a cluster in Auto Mode carry; AWS changes them as Auto Mode does. */
const CLUSTER_POLICIES = [
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];
const NODE_POLICIES = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"];

/** The roles of a cluster, and what must be attached to them before it works. */
export interface ClusterRoles {
  readonly cluster: aws.iam.Role;
  readonly nodes: aws.iam.Role;
  readonly attached: readonly pulumi.Resource[];
}

/** The roles of a cluster's control plane and of its nodes, under the boundary of clusters, which `eks.Cluster` cannot give to those that it makes. */
export function clusterRoles(
  name: string,
  { boundaryArn, rolePath = "/alicerce/" }: Pick<Place, "boundaryArn" | "rolePath">,
  opts: pulumi.CustomResourceOptions,
): ClusterRoles {
  const roleOf = (part: string, service: string, actions: readonly string[]): aws.iam.Role =>
    new aws.iam.Role(
      `${name}-${part}`,
      {
        path: rolePath,
        description: `EKS cluster ${name}: ${part}`,
        assumeRolePolicy: policyDocument([{ Effect: "Allow", Principal: { Service: service }, Action: actions }]),
        permissionsBoundary: boundaryArn,
      },
      opts,
    );
  const attach = (role: aws.iam.Role, policies: readonly string[]): readonly pulumi.Resource[] =>
    policies.map(
      (it) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${it}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/${it}` },
          opts,
        ),
    );
  const cluster = roleOf("control-plane", "eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]);
  const nodes = roleOf("nodes", "ec2.amazonaws.com", ["sts:AssumeRole"]);
  return { cluster, nodes, attached: [...attach(cluster, CLUSTER_POLICIES), ...attach(nodes, NODE_POLICIES)] };
}
