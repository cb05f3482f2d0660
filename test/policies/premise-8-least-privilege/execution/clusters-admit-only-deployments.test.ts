import { clustersAdmitOnlyDeployments } from "../../../../policies/premise-8-least-privilege/execution/clusters-admit-only-deployments.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const REGION = "production.eu-west-1";
const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const NAME = "alicerce-xyz-gmbh";

const RBAC = "kubernetes:rbac.authorization.k8s.io/v1";
const NOBODY = '"alicerce-eksCluster" must let in the role that deploys xyz-gmbh, into its namespace.';
const NOTHING = '"alicerce-eksCluster" must let alicerce-deployers make namespaces.';
const ONLY = `"${NAME}" must let in only a role that deploys a tenant of the region.`;
const ALONE = `"${NAME}" must hold in the namespace of the tenant alone.`;

const entryOf = (principal: string) =>
  shippedWith(REGION, ENTRY, NAME, set(["principalArn"], `arn:aws:iam::111122223333:role/${principal}`));
const scope = (value: unknown) => shippedWith(REGION, ASSOCIATION, NAME, set(["accessScope"], value));

testRule(clustersAdmitOnlyDeployments, {
  accepts: { "the roles that deploy the tenants of a region": shipped(REGION) },
  rejects: {
    "an administrator": [entryOf("administrator"), ONLY, NOBODY],
    "an agent": [entryOf("alicerce/tenant/eu-west-1/xyz-gmbh/agent-1234567"), ONLY, NOBODY],
    "what deploys a tenant of another region": [
      entryOf("alicerce/execution/production.us-east-1.acme-corp"),
      ONLY,
      NOBODY,
    ],
    "what deploys the same tenant elsewhere": [
      entryOf("alicerce/execution/production.eu-central-1.xyz-gmbh"),
      ONLY,
      NOBODY,
    ],
    "a role of another account": [
      shippedWith(
        REGION,
        ENTRY,
        NAME,
        set(["principalArn"], `arn:aws:iam::999988887777:role/alicerce/execution/${REGION}.xyz-gmbh`),
      ),
      ONLY,
      NOBODY,
    ],
    "another group of the cluster": [
      shippedWith(REGION, ENTRY, NAME, set(["kubernetesGroups"], ["alicerce-deployers", "administrators"])),
      `"${NAME}" must be in no group of the cluster but alicerce-deployers.`,
    ],
    "no group of the cluster": [
      shippedWith(REGION, ENTRY, NAME, set(["kubernetesGroups"], [])),
      `"${NAME}" must be in no group of the cluster but alicerce-deployers.`,
    ],
    "a tenant that nobody deploys": [shippedWith(REGION, ENTRY, NAME), NOBODY],
    "a tenant whose namespace nobody may fill": [shippedWith(REGION, ASSOCIATION, NAME), NOBODY],
    "a cluster without the role": [shippedWith(REGION, `${RBAC}:ClusterRole`, "alicerce-deployers"), NOTHING],
    "a cluster in which nobody has the role": [
      shippedWith(REGION, `${RBAC}:ClusterRoleBinding`, "alicerce-deployers"),
      NOTHING,
    ],
    "a role for nothing": [
      shippedWith(REGION, `${RBAC}:ClusterRole`, "alicerce-deployers", set(["rules", "0", "apiGroups"], [])),
      NOTHING,
    ],
    "the whole cluster": [scope({ type: "cluster" }), ALONE],
    "the namespace of Keycloak as well": [scope({ type: "namespace", namespaces: ["xyz-gmbh", "keycloak"] }), ALONE],
    "the namespace of another tenant": [scope({ type: "namespace", namespaces: ["acme-corp"] }), ALONE],
  },
  ignores: { "a tenant's stack": shipped("production.eu-west-1.xyz-gmbh") },
});
