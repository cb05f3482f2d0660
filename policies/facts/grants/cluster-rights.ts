import type { ResourceView } from "../../engine/resource-view.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { every, some } from "../../engine/three-values.ts";
import type { Value } from "../../engine/value.ts";
import { accountOf } from "./account.ts";

const GROUP = "kubernetes:rbac.authorization.k8s.io/v1";

/** The types of Kubernetes' role-based access control. */
export const RBAC = {
  clusterRole: `${GROUP}:ClusterRole`,
  clusterRoleBinding: `${GROUP}:ClusterRoleBinding`,
  role: `${GROUP}:Role`,
  roleBinding: `${GROUP}:RoleBinding`,
} as const;

/** Groups that hold the service accounts of all namespaces. */
const EVERYBODY = ["system:serviceaccounts", "system:authenticated", "system:unauthenticated"];

/** Verbs with which somebody gets more rights than they have. */
const ESCALATES = ["escalate", "bind", "impersonate", "*"];

/** Objects that keep a tenant in its place; the ClusterRoles `edit` and `admin` may change them. */
const FENCES = [
  "networkpolicies",
  "resourcequotas",
  "limitranges",
  "roles",
  "rolebindings",
  "serviceaccounts/token",
  "*",
];
const READS = ["get", "list", "watch"];

/** Whether a binding of a stack that has an address is for a tenant: every one in a tenant's stack, else one that names its accounts. */
export function isForTenants(binding: ResourceView, stack: StackIndex): boolean {
  if (accountOf(stack) === undefined) return false;
  if (stack.tenant !== undefined) return true;
  return some(binding.list("subjects"), (it) => namespaceOf(it, binding, stack) !== undefined);
}

/** Whether a binding gives its accounts rights in their own namespace only, and there only by name. */
export function staysInNamespace(binding: ResourceView, stack: StackIndex): boolean {
  if (binding.type === RBAC.clusterRoleBinding) return false;
  const namespace = binding.text("metadata.namespace");
  const isOwn = stack.tenant === undefined || namespace === stack.tenant;
  const areOwn = every(binding.list("subjects"), (it) => {
    const of = namespaceOf(it, binding, stack);
    return of === undefined ? stack.tenant === undefined : of === namespace;
  });
  return isOwn && areOwn && isNarrow(binding, stack);
}

/** The tenant's namespace whose accounts a subject is, `*` for those of all; `undefined` for others. */
function namespaceOf(subject: Value, binding: ResourceView, stack: StackIndex): string | undefined {
  const name = subject.text("name") ?? "";
  if (subject.text("kind") === "Group" && EVERYBODY.includes(name)) return "*";
  const namespace =
    subject.text("kind") === "ServiceAccount"
      ? (subject.text("namespace") ?? binding.text("metadata.namespace"))
      : /^system:serviceaccounts?:([^:]+)/.exec(name)?.[1];
  return namespace !== undefined && Object.hasOwn(stack.address.environment.tenants, namespace) ? namespace : undefined;
}

/** Whether the role that is bound is `view`, or one of the stack that names what may be done. */
function isNarrow(binding: ResourceView, stack: StackIndex): boolean {
  const name = binding.text("roleRef.name");
  const kind = binding.text("roleRef.kind");
  if (kind === "ClusterRole" && name === "view") return true;
  const type = kind === "ClusterRole" ? RBAC.clusterRole : RBAC.role;
  const isBound = (it: ResourceView): boolean =>
    it.text("metadata.name") === name &&
    (type === RBAC.clusterRole || it.text("metadata.namespace") === binding.text("metadata.namespace"));
  const roles = stack.ofType(type).filter(isBound);
  return roles.length > 0 && roles.every((it) => !it.has("aggregationRule") && every(it.list("rules"), isNamed));
}

function isNamed(rule: Value): boolean {
  const [verbs, resources, groups] = [rule.texts("verbs"), rule.texts("resources"), rule.texts("apiGroups")];
  if (verbs.some((it) => ESCALATES.includes(it)) || groups.includes("*") || resources.includes("*")) return false;
  return verbs.every((it) => READS.includes(it)) || !resources.some((it) => FENCES.includes(it));
}
