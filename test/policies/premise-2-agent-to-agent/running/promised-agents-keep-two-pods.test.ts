import * as kubernetes from "@pulumi/kubernetes";
import { promisedAgentsKeepTwoPods } from "../../../../policies/premise-2-agent-to-agent/running/promised-agents-keep-two-pods.ts";
import { testRule } from "../../../support/rule-tester.ts";
import { agentOf, onCluster, TENANT } from "../../programs.ts";

const MESSAGE = '"coordinator" must keep two pods at least.';

function scaled(spec: { readonly minReplicas?: number; readonly maxReplicas: number }, target = "coordinator") {
  return () => {
    const opts = onCluster();
    agentOf("coordinator", opts);
    const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: target };
    new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
      "scale",
      { metadata: { name: target, namespace: TENANT }, spec: { scaleTargetRef, ...spec } },
      opts,
    );
  };
}

testRule(
  promisedAgentsKeepTwoPods,
  {
    accepts: { "an agent of two pods at least": scaled({ minReplicas: 2, maxReplicas: 10 }) },
    rejects: {
      "an agent that may shrink to one pod": [scaled({ minReplicas: 1, maxReplicas: 10 }), MESSAGE],
      "an autoscaler that says no least number": [scaled({ maxReplicas: 10 }), MESSAGE],
      "an autoscaler of another agent": [scaled({ minReplicas: 2, maxReplicas: 10 }, "other"), MESSAGE],
    },
    ignores: { "an agent of which nothing is promised": () => void agentOf("data-transformer", onCluster()) },
  },
  { preview: "realistic" },
);
