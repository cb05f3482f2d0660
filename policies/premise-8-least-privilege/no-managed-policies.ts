import { CONTROL } from "../engine/frameworks.ts";
import { isOfCluster } from "../facts/grants.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

/** Resources that attach managed policies, which AWS or another team may change, to a role. */
const ATTACHMENTS = [
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
];

export const noManagedPolicies = rule({
  premise: 8,
  id: "no-managed-policies",
  severity: "high",
  description: "A role is granted what was written for it alone, not what AWS or another team keeps changing.",
  remediation: "Write an inline RolePolicy with exact actions and resources.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights],
  // eks.Cluster attaches AWS's policies to the roles of its control plane and nodes; EKS accepts no others.
  subjects: { types: [...ATTACHMENTS, TYPE.role], where: (it, stack) => !isOfCluster(it, stack) },
  judge: (it) =>
    it.type === TYPE.role && it.list("managedPolicyArns").length === 0
      ? undefined
      : `"${it.name}" must not attach a managed policy.`,
});
