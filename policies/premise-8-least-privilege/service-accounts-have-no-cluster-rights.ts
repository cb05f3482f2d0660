import { CONTROL } from "../engine/frameworks.ts";
import { isForTenants, RBAC, staysInNamespace } from "../facts/grants/cluster-rights.ts";
import { rule } from "../engine/rule.ts";

export const serviceAccountsHaveNoClusterRights = rule({
  premise: 8,
  id: "service-accounts-have-no-cluster-rights",
  severity: "critical",
  description:
    "A tenant's service account may do what it needs in its own namespace, and nothing in the cluster or in another namespace.",
  remediation:
    "Bind it by a RoleBinding in its own namespace to a Role of the stack that names verbs and resources, or to the ClusterRole `view`.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  subjects: { types: [RBAC.clusterRoleBinding, RBAC.roleBinding], where: isForTenants },
  judge: (it, stack) =>
    staysInNamespace(it, stack)
      ? undefined
      : `"${it.name}" must give a tenant's service account only named rights in its own namespace.`,
});
