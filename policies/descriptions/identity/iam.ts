import type { Descriptions } from "../description.ts";
import { DOCUMENT, NAME, TAGS, TEXT } from "../reasons.ts";

const OF_CLUSTERS = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
  "AmazonEKSWorkerNodeMinimalPolicy",
].map((name) => `arn:aws:iam::aws:policy/${name}`);

/** AWS IAM. */
export const IAM: Descriptions = {
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    inert: { tags: TAGS },
    accepts: { clientIdLists: ["sts.amazonaws.com"], url: ["https://token.actions.githubusercontent.com"] },
  },
  "aws:iam/policy:Policy": {
    inert: { description: TEXT, name: NAME, tags: TAGS },
    accepts: { path: ["/alicerce/"] },
    unread: { policy: DOCUMENT },
  },
  "aws:iam/role:Role": {
    read: ["assumeRolePolicy", "inlinePolicies", "managedPolicyArns", "permissionsBoundary", "tags"],
    inert: {
      description: TEXT,
      forceDetachPolicies: "Whether policies are taken off before the role is deleted.",
      name: NAME,
      path: NAME,
    },
    accepts: { maxSessionDuration: [3600] },
  },
  "aws:iam/rolePolicy:RolePolicy": { read: ["policy", "role"], inert: { name: NAME } },
  // Whatever is attached outside of a cluster is refused; these are the policies that eks.Cluster attaches to its own roles.
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    inert: { role: "Whichever role: no policy is accepted but those that AWS writes for clusters." },
    accepts: { policyArn: OF_CLUSTERS },
  },
};
