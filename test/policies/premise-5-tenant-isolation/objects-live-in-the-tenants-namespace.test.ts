import * as kubernetes from "@pulumi/kubernetes";
import { objectsLiveInTheTenantsNamespace } from "../../../policies/premise-5-tenant-isolation/objects-live-in-the-tenants-namespace.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, planOf, TENANT } from "../programs.ts";

function service(metadata: kubernetes.types.input.meta.v1.ObjectMeta): void {
  new kubernetes.core.v1.Service("agent", { metadata, spec: { ports: [{ port: 9000 }] } }, onCluster());
}

const MESSAGE = '"agent" must be in the namespace of tenant "xyz-gmbh".';

testRule(
  objectsLiveInTheTenantsNamespace,
  {
    accepts: {
      "an agent and a Service of the tenant": () => {
        const opts = onCluster();
        agentOf("coordinator", opts);
        new kubernetes.core.v1.Service("agent", { metadata: { name: "agent", namespace: TENANT } }, opts);
      },
      "the namespace of the tenant": () =>
        new kubernetes.core.v1.Namespace("tenant", { metadata: { name: TENANT } }, onCluster()),
    },
    rejects: {
      "an agent in another tenant's namespace": [
        () => agentOf("agent", onCluster(), { namespace: "acme-corp" }),
        MESSAGE,
      ],
      "a Service in the cluster's own namespace": [() => service({ name: "agent", namespace: "kube-system" }), MESSAGE],
      "an object of no namespace": [() => service({ name: "agent" }), MESSAGE],
      "a namespace beside the tenant's": [
        () => new kubernetes.core.v1.Namespace("agent", { metadata: { name: "other" } }, onCluster()),
        MESSAGE,
      ],
    },
    ignores: {
      "the cluster's own objects, in the region's stack": {
        ...planOf({ type: "kubernetes:core/v1:ConfigMap", name: "network" }),
        stack: "production.eu-west-1",
      },
      "what belongs to nobody's namespace": planOf({ type: "aws:s3/bucket:Bucket", name: "files" }),
    },
  },
  { preview: "realistic" },
);
