import { statementsOf, Statement } from "./policy-document.ts";
import { TYPE } from "./resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { Subjects } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { Value } from "../engine/value.ts";

/** Where roles are granted something: inline policies, of their own or written into the role. */
export const grantors: Subjects = {
  types: [TYPE.rolePolicy, TYPE.role],
  where: (it) => it.type === TYPE.rolePolicy || it.list("inlinePolicies").length > 0,
};

/** What such a resource allows. */
export function grantsOf(it: ResourceView): readonly Statement[] {
  if (it.type === TYPE.rolePolicy) return statementsOf(it, "policy").filter(({ allows }) => allows);
  return it
    .list("inlinePolicies")
    .flatMap((inline) => new Value(JSON.parse(inline.text("policy") ?? "{}"), "inlinePolicies").list("Statement"))
    .map((statement) => new Statement(statement))
    .filter(({ allows }) => allows);
}

/** Whether a resource is one that `eks.Cluster` makes for its own control plane and nodes, by AWS's managed policies. */
export function isOfCluster(it: ResourceView, stack: StackIndex): boolean {
  return stack.isInside(it, TYPE.eksCluster);
}
