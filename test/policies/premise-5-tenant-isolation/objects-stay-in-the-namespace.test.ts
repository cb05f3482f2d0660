import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import { LABEL } from "../../../contracts/tags.ts";
import { objectsStayInTheNamespace } from "../../../policies/premise-5-tenant-isolation/objects-stay-in-the-namespace.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, planOf, roleFor, served, TENANT } from "../programs.ts";

/** A role for the pods of a namespace. */
function associated(namespace: string): void {
  const opts = served();
  const args = { clusterName: "alicerce", namespace, serviceAccount: "coordinator" };
  new aws.eks.PodIdentityAssociation("coordinator", { ...args, roleArn: roleFor("coordinator", opts).arn }, opts);
}

const MESSAGE = '"coordinator" must be in the namespace "xyz-gmbh", the tenant\'s.';

testRule(
  objectsStayInTheNamespace,
  {
    accepts: {
      "a Deployment in the tenant's namespace": () => agentOf("coordinator", onCluster()),
      "the tenant's namespace": () => {
        new kubernetes.core.v1.Namespace("tenant", { metadata: { name: TENANT } }, onCluster());
      },
    },
    rejects: {
      "a Deployment in another tenant's namespace, whatever its label": [
        () =>
          agentOf("coordinator", onCluster(), {
            namespace: "acme-corp",
            labels: { [LABEL.tenant]: "acme-corp" },
          }),
        MESSAGE,
      ],
      "a Deployment in the default namespace": [
        () => {
          const spec = { selector: {}, template: { spec: { containers: [] } } };
          new kubernetes.apps.v1.Deployment("coordinator", { metadata: { name: "coordinator" }, spec }, onCluster());
        },
        MESSAGE,
      ],
      "a namespace of another name": [
        () => {
          new kubernetes.core.v1.Namespace("coordinator", { metadata: { name: "kube-system" } }, onCluster());
        },
        MESSAGE,
      ],
      "a binding for the whole cluster": [
        () => {
          const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" };
          const subjects = [{ kind: "ServiceAccount", name: "coordinator", namespace: TENANT }];
          const args = { metadata: { name: "coordinator" }, roleRef, subjects };
          new kubernetes.rbac.v1.ClusterRoleBinding("coordinator", args, onCluster());
        },
        MESSAGE,
      ],
      "a chart, of which nobody knows what it makes": [
        planOf({
          type: "kubernetes:helm.sh/v3:Release",
          name: "coordinator",
          inputs: { namespace: TENANT, chart: "anything" },
        }),
        MESSAGE,
      ],
      "a role for the pods of another tenant": [() => associated("acme-corp"), MESSAGE],
    },
  },
  { preview: "realistic" },
);

testRule(
  objectsStayInTheNamespace,
  {
    accepts: {},
    rejects: {},
    ignores: { "an object of the region": () => agentOf("dns", onCluster(), { namespace: "kube-system" }) },
  },
  { stack: "production.eu-west-1", preview: "realistic" },
);
