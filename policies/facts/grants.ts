import { statementsOf, Statement } from "./policy-document.ts";
import { TYPE } from "./resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { Subjects } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { Value } from "../engine/value.ts";

/** The resources that grant actions to roles: RolePolicy resources, and roles with inline policies. */
export const grantors: Subjects = {
  types: [TYPE.rolePolicy, TYPE.role],
  where: (it) => it.type === TYPE.rolePolicy || it.list("inlinePolicies").length > 0,
};

/** The statements with effect Allow of such a resource. */
export function grantsOf(it: ResourceView): readonly Statement[] {
  if (it.type === TYPE.rolePolicy) return statementsOf(it, "policy").filter(({ allows }) => allows);
  return it
    .list("inlinePolicies")
    .flatMap((inline) => new Value(JSON.parse(inline.text("policy") ?? "{}"), "inlinePolicies").list("Statement"))
    .map((statement) => new Statement(statement))
    .filter(({ allows }) => allows);
}

/** Whether a resource is created by the component `eks.Cluster` for its control plane and nodes, which use AWS's managed policies. */
export function isOfCluster(it: ResourceView, stack: StackIndex): boolean {
  return stack.isInside(it, TYPE.eksCluster);
}
