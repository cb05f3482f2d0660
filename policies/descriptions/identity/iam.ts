import { EXECUTION_PATH } from "../../../contracts/execution/roles.ts";
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
    accepts: { path: ["/alicerce/", EXECUTION_PATH] },
    needs: ["name", "path"],
  },
  "aws:iam/role:Role": {
    read: ["assumeRolePolicy", "inlinePolicies", "managedPolicyArns", "name", "path", "permissionsBoundary", "tags"],
    inert: {
      description: TEXT,
      forceDetachPolicies: "Whether policies are taken off before the role is deleted.",
    },
    accepts: { maxSessionDuration: [3600] },
  },
  "aws:iam/rolePolicy:RolePolicy": { read: ["policy", "role"], inert: { name: NAME } },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": { accepts: { awsServiceName: ["config.amazonaws.com"] } },
  // Whatever is attached elsewhere than to roles of clusters and of deployments is refused.
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { read: ["policyArn", "role"] },
};
