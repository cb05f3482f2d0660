import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { agentsScaleIndependently } from "../../../policies/premise-2-agent-to-agent/agents-scale-independently.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, TENANT } from "../programs.ts";

function scaled(name: string, target: string, opts: pulumi.CustomResourceOptions, namespace = TENANT): void {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: target };
  new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
    name,
    { metadata: { name, namespace }, spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 3 } },
    opts,
  );
}

const MESSAGE = '"coordinator" must have an autoscaler of its own.';

testRule(
  agentsScaleIndependently,
  {
    accepts: {
      "two agents with an autoscaler each": () => {
        const opts = onCluster();
        for (const name of ["coordinator", "support"]) {
          agentOf(name, opts);
          scaled(`${name}-scale`, name, opts);
        }
      },
    },
    rejects: {
      "an agent without an autoscaler": [() => void agentOf("coordinator", onCluster()), MESSAGE],
      "an autoscaler of another agent": [
        () => {
          const opts = onCluster();
          agentOf("coordinator", opts);
          scaled("scale", "support", opts);
        },
        MESSAGE,
      ],
      "an autoscaler in another namespace": [
        () => {
          const opts = onCluster();
          agentOf("coordinator", opts);
          scaled("scale", "coordinator", opts, "other");
        },
        MESSAGE,
      ],
      "two autoscalers that pull at one agent": [
        () => {
          const opts = onCluster();
          agentOf("coordinator", opts);
          scaled("one", "coordinator", opts);
          scaled("two", "coordinator", opts);
        },
        '"coordinator" must have one autoscaler, not 2.',
      ],
    },
  },
  { preview: "realistic" },
);
