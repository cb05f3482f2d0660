import type { Plan } from "../../../plan/model.ts";
import { serviceAccountsHaveNoClusterRights } from "../../../policies/premise-8-least-privilege/service-accounts-have-no-cluster-rights.ts";
import { testRule } from "../../support/rule-tester.ts";
import { type Described, planOf, TENANT } from "../programs.ts";

type Fields = Readonly<Record<string, unknown>>;

const GROUP = "kubernetes:rbac.authorization.k8s.io/v1";
const ACCOUNT = { kind: "ServiceAccount", name: "coordinator", namespace: TENANT };

interface Told {
  readonly kind?: "RoleBinding" | "ClusterRoleBinding";
  readonly role?: string;
  readonly roleKind?: "Role" | "ClusterRole";
  readonly subject?: Fields;
  readonly namespace?: string;
}

/** A binding of the tenant's service account, in its namespace, to the Role `reader`. */
function binding(
  { kind = "RoleBinding", role = "reader", roleKind = "Role", subject = ACCOUNT, namespace = TENANT }: Told = {},
  ...roles: readonly Described[]
): Plan {
  const metadata = kind === "RoleBinding" ? { name: "it", namespace } : { name: "it" };
  const inputs = { metadata, subjects: [subject], roleRef: { kind: roleKind, name: role } };
  return planOf({ type: `${GROUP}:${kind}`, name: "it", inputs }, ...roles);
}

/** The Role `reader` of the tenant's namespace with one rule, which reads ConfigMaps unless told otherwise. */
const reader = (rule: Fields = {}, namespace = TENANT): Described => ({
  type: `${GROUP}:Role`,
  name: "reader",
  inputs: {
    metadata: { name: "reader", namespace },
    rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"], ...rule }],
  },
});

const MESSAGE = '"it" must give a tenant\'s service account only named rights in its own namespace.';

testRule(serviceAccountsHaveNoClusterRights, {
  accepts: {
    "a role of the namespace with named rights": binding({}, reader()),
    "a role that reads network policies": binding(
      {},
      reader({ resources: ["networkpolicies"], verbs: ["get", "list"] }),
    ),
    "the right to look at the namespace": binding({ role: "view", roleKind: "ClusterRole" }),
    "an account without a namespace, which is the binding's": binding(
      { subject: { kind: "ServiceAccount", name: "coordinator" } },
      reader(),
    ),
  },
  rejects: {
    "the administrator of the cluster": [
      binding({ kind: "ClusterRoleBinding", role: "cluster-admin", roleKind: "ClusterRole" }),
      MESSAGE,
    ],
    "the administrator within the namespace": [binding({ role: "cluster-admin", roleKind: "ClusterRole" }), MESSAGE],
    "who may edit the namespace, also its network policies": [
      binding({ role: "edit", roleKind: "ClusterRole" }),
      MESSAGE,
    ],
    "rights in the whole cluster": [
      binding({ kind: "ClusterRoleBinding", role: "view", roleKind: "ClusterRole" }),
      MESSAGE,
    ],
    "rights in another tenant's namespace": [binding({ namespace: "acme-corp" }, reader({}, "acme-corp")), MESSAGE],
    "another tenant's account": [binding({ subject: { ...ACCOUNT, namespace: "acme-corp" } }, reader()), MESSAGE],
    "accounts of all namespaces": [
      binding({ subject: { kind: "Group", name: "system:serviceaccounts" } }, reader()),
      MESSAGE,
    ],
    "a role that nobody knows": [binding({ role: "other" }, reader()), MESSAGE],
    "a role of the same name elsewhere": [binding({}, reader({}, "default")), MESSAGE],
    "every verb": [binding({}, reader({ verbs: ["*"] })), MESSAGE],
    "every resource": [binding({}, reader({ resources: ["*"] })), MESSAGE],
    "every group": [binding({}, reader({ apiGroups: ["*"] })), MESSAGE],
    "to act as somebody else": [binding({}, reader({ resources: ["users"], verbs: ["impersonate"] })), MESSAGE],
    "to change network policies": [binding({}, reader({ resources: ["networkpolicies"], verbs: ["delete"] })), MESSAGE],
    "to bind roles": [binding({}, reader({ resources: ["rolebindings"], verbs: ["create"] })), MESSAGE],
  },
});

/** The same binding in the region's stack. */
const regional = (told: Told): Plan => ({ ...binding(told), stack: "production.eu-west-1" });

testRule(serviceAccountsHaveNoClusterRights, {
  accepts: { "a tenant's account that looks at its namespace": regional({ role: "view", roleKind: "ClusterRole" }) },
  rejects: {
    "a tenant's account that administers": [
      regional({ kind: "ClusterRoleBinding", role: "cluster-admin", roleKind: "ClusterRole" }),
      MESSAGE,
    ],
    "a tenant's account by its user name": [
      regional({
        kind: "ClusterRoleBinding",
        role: "cluster-admin",
        roleKind: "ClusterRole",
        subject: { kind: "User", name: `system:serviceaccount:${TENANT}:coordinator` },
      }),
      MESSAGE,
    ],
    "all accounts of a tenant": [
      regional({
        kind: "ClusterRoleBinding",
        role: "cluster-admin",
        roleKind: "ClusterRole",
        subject: { kind: "Group", name: `system:serviceaccounts:${TENANT}` },
      }),
      MESSAGE,
    ],
    "all accounts": [
      regional({
        kind: "ClusterRoleBinding",
        role: "cluster-admin",
        roleKind: "ClusterRole",
        subject: { kind: "Group", name: "system:authenticated" },
      }),
      MESSAGE,
    ],
  },
  ignores: {
    "what the region itself installs": regional({
      kind: "ClusterRoleBinding",
      role: "metrics",
      roleKind: "ClusterRole",
      subject: { kind: "ServiceAccount", name: "metrics-server", namespace: "kube-system" },
    }),
  },
});
