import { CONTROL } from "../engine/frameworks.ts";
import { attachesForCluster } from "../facts/grants/clusters.ts";
import { attachesForExecution } from "../facts/execution/execution-roles.ts";
import { ATTACHMENTS } from "../facts/grants/identities.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { rule } from "../engine/rule.ts";

export const noManagedPolicies = rule({
  premise: 8,
  id: "no-managed-policies",
  severity: "high",
  description:
    "A role, user or group is granted what was written for it alone, not what AWS or another team keeps changing.",
  remediation:
    "Write an inline RolePolicy with exact actions and resources; only roles that deploy have policies of their own, which are too long for that.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights],
  subjects: { types: Object.keys(ATTACHMENTS) },
  judge: (it, stack) =>
    (it.type === TYPE.role && it.list("managedPolicyArns").length === 0) ||
    isForCluster(it, stack) ||
    attachesForExecution(it, stack)
      ? undefined
      : `"${it.name}" must not attach a managed policy.`,
});

/** Whether it attaches AWS's policies for Auto Mode, which AWS keeps up with it, to the role of a cluster, which a boundary limits. */
function isForCluster(it: ResourceView, stack: StackIndex): boolean {
  return it.type !== TYPE.role && attachesForCluster(it, ATTACHMENTS[it.type] ?? "", stack);
}
