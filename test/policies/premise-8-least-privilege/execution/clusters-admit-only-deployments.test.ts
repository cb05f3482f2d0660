import { clustersAdmitOnlyDeployments } from "../../../../policies/premise-8-least-privilege/execution/clusters-admit-only-deployments.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { shipped, shippedWith } from "../../edited-plans.ts";
import { set } from "../../proofs/edits.ts";

const REGION = "production.eu-west-1";
const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const NAME = "alicerce-xyz-gmbh";

const ONLY = `"${NAME}" must let in only a role that deploys a tenant of the region.`;
const ALONE = `"${NAME}" must hold in the namespace of the tenant alone.`;

const entryOf = (principal: string) =>
  shippedWith(REGION, ENTRY, NAME, set(["principalArn"], `arn:aws:iam::111122223333:role/${principal}`));
const scope = (value: unknown) => shippedWith(REGION, ASSOCIATION, NAME, set(["accessScope"], value));

testRule(clustersAdmitOnlyDeployments, {
  accepts: { "the roles that deploy the tenants of a region": shipped(REGION) },
  rejects: {
    "an administrator": [entryOf("administrator"), ONLY],
    "an agent": [entryOf("alicerce/tenant/eu-west-1/xyz-gmbh/agent-1234567"), ONLY],
    "what deploys a tenant of another region": [entryOf("alicerce/execution/production.us-east-1.acme-corp"), ONLY],
    "what deploys the same tenant elsewhere": [entryOf("alicerce/execution/production.eu-central-1.xyz-gmbh"), ONLY],
    "a role of another account": [
      shippedWith(
        REGION,
        ENTRY,
        NAME,
        set(["principalArn"], `arn:aws:iam::999988887777:role/alicerce/execution/${REGION}.xyz-gmbh`),
      ),
      ONLY,
    ],
    "another group of the cluster": [
      shippedWith(REGION, ENTRY, NAME, set(["kubernetesGroups"], ["alicerce-deployers", "administrators"])),
      `"${NAME}" must be in no group of the cluster but alicerce-deployers.`,
    ],
    "the whole cluster": [scope({ type: "cluster" }), ALONE],
    "the namespace of Keycloak as well": [scope({ type: "namespace", namespaces: ["xyz-gmbh", "keycloak"] }), ALONE],
    "the namespace of another tenant": [scope({ type: "namespace", namespaces: ["acme-corp"] }), ALONE],
  },
  ignores: { "a tenant's stack": shipped("production.eu-west-1.xyz-gmbh") },
});
