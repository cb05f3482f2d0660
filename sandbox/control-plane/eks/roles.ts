// Modules and not the whole package, which would cost each process that serves clusters 20 MB more.
import roleModule from "@pulumi/aws/iam/role.js";
import attachmentModule from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type * as aws from "@pulumi/aws";
import type { ClusterArgs } from "@pulumi/eks";
import pulumi from "@pulumi/pulumi";

const MANAGED = "arn:aws:iam::aws:policy/";
const CLUSTER_POLICIES = [
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];
const NODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"];

/** The role that EKS assumes to run the cluster. */
export function clusterRole(name: string, args: ClusterArgs, parent: pulumi.Resource): aws.iam.Role {
  return serviceRole(
    `${name}-eksRole`,
    { service: "eks.amazonaws.com", actions: ["sts:AssumeRole", "sts:TagSession"], policies: CLUSTER_POLICIES },
    args,
    parent,
  );
}

/** The role of the nodes, or `undefined` where the program gives one; throws `TypeError` for a cluster that is not in Auto Mode. */
export function nodeRoleOf(name: string, args: ClusterArgs, parent: pulumi.Resource): aws.iam.Role | undefined {
  const autoMode = args.autoMode as { readonly createNodeRole?: boolean; readonly enabled?: boolean } | undefined;
  if (autoMode?.enabled !== true)
    throw new TypeError("the sandbox knows eks:index:Cluster in Auto Mode only: set autoMode.enabled");
  if (autoMode.createNodeRole === false) return undefined;
  return serviceRole(
    `${name}-nodeRole`,
    { service: "ec2.amazonaws.com", actions: ["sts:AssumeRole"], policies: NODE_POLICIES },
    args,
    parent,
  );
}

function serviceRole(
  name: string,
  {
    service,
    actions,
    policies,
  }: { readonly service: string; readonly actions: readonly string[]; readonly policies: readonly string[] },
  { tags }: ClusterArgs,
  parent: pulumi.Resource,
): aws.iam.Role {
  const group = new pulumi.ComponentResource("eks:index:ServiceRole", name, {}, { parent });
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Action: actions, Effect: "Allow", Principal: { Service: [service] } }],
  };
  const role = new roleModule.Role(
    `${name}-role`,
    { assumeRolePolicy: JSON.stringify(trust), ...(tags === undefined ? {} : { tags }) },
    { parent: group },
  );
  for (const policy of policies) {
    new attachmentModule.RolePolicyAttachment(
      `${name}-${policy}`,
      { policyArn: `${MANAGED}${policy}`, role: role.name },
      { parent: group },
    );
  }
  return role;
}
