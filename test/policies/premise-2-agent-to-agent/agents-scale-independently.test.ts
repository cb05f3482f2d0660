import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { KIND, LABEL } from "../../../contracts/tags.ts";
import { agentsScaleIndependently } from "../../../policies/premise-2-agent-to-agent/agents-scale-independently.ts";
import { testRule } from "../../support/rule-tester.ts";
import { agentOf, onCluster, planOf, TENANT } from "../programs.ts";

/** Lets KEDA scale a Deployment (keda.sh, ScaledObject specification). */
function scaledByKeda(name: string, opts: pulumi.CustomResourceOptions, counts: Record<string, number> = {}): void {
  new kubernetes.apiextensions.CustomResource(
    `${name}-keda`,
    {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name, namespace: TENANT },
      spec: { scaleTargetRef: { name }, triggers: [{ type: "cpu" }], ...counts },
    },
    opts,
  );
}

interface Scale {
  readonly namespace?: string;
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
}

function scaled(
  name: string,
  target: string,
  opts: pulumi.CustomResourceOptions,
  { namespace = TENANT, minReplicas = 1, maxReplicas = 3 }: Scale = {},
): void {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: target };
  new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
    name,
    { metadata: { name, namespace }, spec: { scaleTargetRef, minReplicas, maxReplicas } },
    opts,
  );
}

const byHand = (name: string, replicas: number) =>
  planOf({
    type: "kubernetes:apps/v1:Deployment",
    name,
    inputs: {
      metadata: { name, namespace: TENANT, labels: { [LABEL.kind]: KIND.agent, [LABEL.name]: name } },
      spec: { replicas },
    },
  });

const MESSAGE = '"coordinator" must have an autoscaler of its own.';

testRule(
  agentsScaleIndependently,
  {
    accepts: {
      "an agent that KEDA scales": () => {
        const opts = onCluster();
        agentOf("coordinator", opts);
        scaledByKeda("coordinator", opts);
      },
      "an agent whose number of pods the data sets": byHand("integration-processor", 2),
      "two agents with an autoscaler each": () => {
        const opts = onCluster();
        for (const name of ["coordinator", "support"]) {
          agentOf(name, opts);
          scaled(`${name}-scale`, name, opts);
        }
      },
    },
    rejects: {
      "an autoscaler that cannot scale": [
        () => {
          const opts = onCluster();
          agentOf("coordinator", opts);
          scaled("scale", "coordinator", opts, { minReplicas: 3, maxReplicas: 3 });
        },
        '"coordinator" must be scaled between a smaller and a larger number of replicas.',
      ],
      "an autoscaler of KEDA that cannot scale": [
        () => {
          const opts = onCluster();
          agentOf("coordinator", opts);
          scaledByKeda("coordinator", opts, { minReplicaCount: 2, maxReplicaCount: 2 });
        },
        '"coordinator" must be scaled between a smaller and a larger number of replicas.',
      ],
      "an autoscaler of each kind that pull at one agent": [
        () => {
          const opts = onCluster();
          agentOf("coordinator", opts);
          scaled("one", "coordinator", opts);
          scaledByKeda("coordinator", opts);
        },
        '"coordinator" must have one autoscaler, not 2.',
      ],
      "an agent that has fewer pods than the data sets": [
        byHand("integration-processor", 1),
        '"integration-processor" must have an autoscaler of its own.',
      ],
      "an agent that sets its number of pods itself": [byHand("coordinator", 2), MESSAGE],
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
          scaled("scale", "coordinator", opts, { namespace: "other" });
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
