import { LABEL } from "../../../contracts/tags.ts";
import { dedicatedNodesRunTheirService } from "../../../policies/premise-4-registered-clients/dedicated-nodes-run-their-service.ts";
import { TENANT_STACK, testRule } from "../../support/rule-tester.ts";
import { pod, REGION, regionAfter } from "../identity-server-plans.ts";
import { agentOf, onCluster } from "../programs.ts";

const MESSAGE = '"keycloak" must tolerate no taint but that of its own service\'s nodes.';
const tolerating = (toleration: Record<string, unknown>) =>
  regionAfter(
    pod((spec) => {
      spec.tolerations = [toleration];
    }),
  );

const COMPUTE = { key: "workload-type", value: "compute-intensive", effect: "NoSchedule" };
const OF_TENANT = '"keycloak" must tolerate no taint but that of workload-type=compute-intensive.';
const ofTenant = (toleration: Record<string, unknown>) => ({ ...tolerating(toleration), stack: TENANT_STACK });

testRule(
  dedicatedNodesRunTheirService,
  {
    accepts: {
      "the server of a region as it is shipped": regionAfter(),
      "a pod of a tenant on the nodes for much computing": ofTenant({ ...COMPUTE, operator: "Equal" }),
    },
    rejects: {
      "a pod that tolerates everything": [tolerating({ operator: "Exists" }), MESSAGE],
      "a pod that tolerates every service": [tolerating({ key: LABEL.service, operator: "Exists" }), MESSAGE],
      "a pod on the nodes of another service": [tolerating({ key: LABEL.service, value: "database" }), MESSAGE],
      "a pod that tolerates another taint": [tolerating({ key: "example.com/gpu", value: "keycloak" }), MESSAGE],
      "a pod of a region on the nodes for much computing": [tolerating({ ...COMPUTE, operator: "Equal" }), MESSAGE],
      "a pod of a tenant that takes the name": [ofTenant({ key: LABEL.service, value: "keycloak" }), OF_TENANT],
      "a pod of a tenant that tolerates every workload": [ofTenant({ ...COMPUTE, operator: "Exists" }), OF_TENANT],
      "a pod of a tenant that tolerates everything": [ofTenant({ operator: "Exists" }), OF_TENANT],
    },
    ignores: { "an agent without tolerations": () => void agentOf("support", onCluster()) },
  },
  REGION,
);
