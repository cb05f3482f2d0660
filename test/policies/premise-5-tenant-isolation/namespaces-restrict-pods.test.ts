import * as kubernetes from "@pulumi/kubernetes";
import { namespacesRestrictPods } from "../../../policies/premise-5-tenant-isolation/namespaces-restrict-pods.ts";
import { testRule } from "../../support/rule-tester.ts";
import { onCluster, TENANT } from "../programs.ts";

function namespace(labels: Record<string, string>): void {
  new kubernetes.core.v1.Namespace("tenant", { metadata: { name: TENANT, labels } }, onCluster());
}

const MESSAGE = '"tenant" must enforce the pod security standard "restricted".';

testRule(
  namespacesRestrictPods,
  {
    accepts: { "the restricted standard": () => namespace({ "pod-security.kubernetes.io/enforce": "restricted" }) },
    rejects: {
      "no standard": [() => namespace({}), MESSAGE],
      "a weaker standard": [() => namespace({ "pod-security.kubernetes.io/enforce": "baseline" }), MESSAGE],
      "a standard that only warns": [() => namespace({ "pod-security.kubernetes.io/warn": "restricted" }), MESSAGE],
    },
  },
  { preview: "realistic" },
);
