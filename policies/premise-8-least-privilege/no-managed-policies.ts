import { CONTROL } from "../engine/frameworks.ts";
import { attachesForCluster } from "../facts/grants/clusters.ts";
import { ATTACHMENTS } from "../facts/grants/identities.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";

export const noManagedPolicies = rule({
  premise: 8,
  id: "no-managed-policies",
  severity: "high",
  description:
    "A role, user or group is granted what was written for it alone, not what AWS or another team keeps changing.",
  remediation: "Write an inline RolePolicy with exact actions and resources.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights],
  // eks.Cluster attaches AWS's policies to the roles of its control plane and nodes; EKS accepts no others.
  subjects: {
    types: Object.keys(ATTACHMENTS),
    where: (it, stack) => it.type === TYPE.role || !isForCluster(it, stack),
  },
  judge: (it, stack) =>
    it.type === TYPE.role && (it.list("managedPolicyArns").length === 0 || isForCluster(it, stack))
      ? undefined
      : `"${it.name}" must not attach a managed policy.`,
});

function isForCluster(...[it, stack]: Parameters<NonNullable<typeof noManagedPolicies.subjects.where>>): boolean {
  return attachesForCluster(it, ATTACHMENTS[it.type] ?? "", stack);
}
