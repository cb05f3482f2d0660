import { CONTROL } from "../engine/frameworks.ts";
import { boundaryNameOf, boundsTo, clusterBoundaryNameOf, isBoundary } from "../facts/grants/boundary.ts";
import { executionBoundaryNameOf, isExecutionRole } from "../facts/execution/execution-roles.ts";
import { isRoleOfCluster } from "../facts/grants/clusters.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";
import { grantsOf } from "../facts/grants/documents.ts";

const OWN = (it: ResourceView): string => `"${it.name}" must have the permissions boundary of its own environment.`;

/** What clusters and deployments do nobody else may, so that their boundaries are for their roles alone. */
function boundaryFor(it: ResourceView, stack: StackIndex): string {
  if (isExecutionRole(it)) return executionBoundaryNameOf(stack);
  return isRoleOfCluster(it) ? clusterBoundaryNameOf(stack) : boundaryNameOf(stack);
}

function pathOf(it: ResourceView): string {
  return `${it.text("path") ?? "/"}${it.text("name") ?? ""}`;
}

export const rolesStayInsideTheBoundary = rule({
  premise: 8,
  id: "roles-stay-inside-the-boundary",
  severity: "critical",
  description: "Whatever a role is granted, it can do no more than the permissions boundary of its environment.",
  remediation:
    "Set `permissionsBoundary` to the environment's boundary policy, or to a narrower one of the stack with exact actions on resources of the account.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoPrivilegedAccess, CONTROL.pciLeastPrivilege],
  subjects: {
    types: [TYPE.role, TYPE.managedPolicy],
    where: (it, stack) =>
      it.type === TYPE.role ||
      (isBoundary(it, stack) && !(stack.isOurs && pathOf(it) === executionBoundaryNameOf(stack))),
  },
  judge: [
    (it) =>
      it.type !== TYPE.role || it.has("permissionsBoundary")
        ? undefined
        : `"${it.name}" must have a permissions boundary.`,
    (it, stack) => {
      if (it.type !== TYPE.role || !it.has("permissionsBoundary")) return undefined;
      const arn = it.text("permissionsBoundary") ?? "";
      const policies = `arn:aws:iam::${stack.address.environment.account}:policy`;
      const own = boundaryFor(it, stack);
      const isOwn = arn === `${policies}${own}`;
      if (isExecutionRole(it) || arn === `${policies}${executionBoundaryNameOf(stack)}`)
        return isOwn ? undefined : OWN(it);
      return isOwn || stack.ofType(TYPE.managedPolicy).some((policy) => policy.resource.outputs?.["arn"] === arn)
        ? undefined
        : OWN(it);
    },
    (it, stack) =>
      it.type !== TYPE.managedPolicy || every(grantsOf(it), (statement) => boundsTo(statement, stack))
        ? undefined
        : `"${it.name}" must bound: exact actions, on resources of its own account.`,
  ],
});
