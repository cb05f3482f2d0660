import { CLUSTER_POLICIES } from "../../facts/grants/clusters.ts";
import type { Descriptions } from "../description.ts";
import { NAME, TAGS, TEXT } from "../reasons.ts";

const NO_USERS = "The platform has no users of IAM; it is for those whom somebody makes by hand.";

/** AWS IAM. */
export const IAM: Descriptions = {
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    inert: { maxPasswordAge: NO_USERS, passwordReusePrevention: NO_USERS },
    accepts: {
      minimumPasswordLength: [14, 16, 20],
      requireLowercaseCharacters: [true],
      requireNumbers: [true],
      requireSymbols: [true],
      requireUppercaseCharacters: [true],
    },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    inert: { tags: TAGS },
    accepts: { clientIdLists: ["sts.amazonaws.com"], url: ["https://token.actions.githubusercontent.com"] },
    needs: ["clientIdLists"],
  },
  "aws:iam/policy:Policy": {
    read: ["name", "policy"],
    inert: { description: TEXT, tags: TAGS },
    accepts: { path: ["/alicerce/"] },
    needs: ["name", "path"],
  },
  "aws:iam/role:Role": {
    read: ["assumeRolePolicy", "inlinePolicies", "managedPolicyArns", "name", "permissionsBoundary", "tags"],
    inert: {
      description: TEXT,
      forceDetachPolicies: "Whether policies are taken off before the role is deleted.",
      path: NAME,
    },
    accepts: { maxSessionDuration: [3600] },
  },
  "aws:iam/rolePolicy:RolePolicy": { read: ["policy", "role"], inert: { name: NAME } },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": { accepts: { awsServiceName: ["config.amazonaws.com"] } },
  // Whatever is attached outside of a cluster is refused; these are the policies that eks.Cluster attaches to its own roles.
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    read: ["role"],
    accepts: { policyArn: CLUSTER_POLICIES },
  },
};
