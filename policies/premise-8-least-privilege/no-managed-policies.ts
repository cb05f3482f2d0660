import { CONTROL } from "../engine/frameworks.ts";
import { isOfCluster } from "../facts/grants.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { rule } from "../engine/rule.ts";

/** What EKS Auto Mode documents as the policies of its roles. */
const AUTO_MODE =
  /^arn:aws:iam::aws:policy\/(?:AmazonEKS(?:BlockStorage|Cluster|Compute|LoadBalancing|Networking|WorkerNodeMinimal)Policy|AmazonEC2ContainerRegistryPullOnly)$/;

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** Resources that attach managed policies, which AWS or another team may change, to a role. */
const ATTACHMENTS = [
  "aws:iam/policyAttachment:PolicyAttachment",
  ATTACHMENT,
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
];

export const noManagedPolicies = rule({
  premise: 8,
  id: "no-managed-policies",
  severity: "high",
  description: "A role is granted what was written for it alone, not what AWS or another team keeps changing.",
  remediation: "Write an inline RolePolicy with exact actions and resources.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights],
  subjects: { types: [...ATTACHMENTS, TYPE.role] },
  judge: (it, stack) => {
    const isFine = it.type === TYPE.role ? it.list("managedPolicyArns").length === 0 : isForCluster(it, stack);
    return isFine ? undefined : `"${it.name}" must not attach a managed policy.`;
  },
});

/** Whether it attaches one of AWS's policies for Auto Mode, which AWS keeps up with it, to the role of a cluster, which a boundary limits. */
function isForCluster(it: ResourceView, stack: StackIndex): boolean {
  const policy = it.text("policyArn") ?? "";
  const roles = stack.linked(it, "role").filter(({ type }) => type === TYPE.role);
  return it.type === ATTACHMENT && AUTO_MODE.test(policy) && roles.length === 1 && roles.every(isOfCluster);
}
