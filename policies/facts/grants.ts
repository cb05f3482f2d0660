import { statementsOf, Statement } from "./policy-document.ts";
import { TYPE } from "./resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import type { Subjects } from "../engine/rule.ts";
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

/** The services that run a cluster's control plane and its nodes. */
const CLUSTER_SERVICES = ["ec2.amazonaws.com", "eks.amazonaws.com"];

/** Whether a role is for a cluster's control plane or nodes and for nobody else: it does what AWS's own policies say, under a boundary of its own. */
export function isOfCluster(role: ResourceView): boolean {
  const principals = statementsOf(role, "assumeRolePolicy").flatMap((it) => it.principals);
  return (
    principals.length > 0 && principals.every(({ kind, id }) => kind === "Service" && CLUSTER_SERVICES.includes(id))
  );
}
