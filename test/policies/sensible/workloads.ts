import * as kubernetes from "@pulumi/kubernetes";
import { type Inputs, set } from "../proofs/edits.ts";
import { type SensibleChange, TENANT } from "./sensible-change.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const POOL = "kubernetes:karpenter.sh/v1:NodePool";
const AGENT = "agent-coordinator";
const POD = ["spec", "template", "spec"] as const;

const requirements = (change: (all: Inputs[]) => Inputs[]) => (it: Inputs) => {
  const spec = (it["spec"] as { template: { spec: { requirements: Inputs[] } } }).template.spec;
  spec.requirements = change(spec.requirements);
};

const isNoType = (it: Inputs): boolean => it["key"] !== "node.kubernetes.io/instance-type";

/** Nodes of both architectures. */
const BOTH: readonly Inputs[] = [
  { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m6i.large", "m7g.large", "c7g.xlarge"] },
  { key: "kubernetes.io/arch", operator: "In", values: ["amd64", "arm64"] },
];

/** What is done to agents, servers and nodes. */
export const WORKLOADS: Readonly<Record<string, SensibleChange>> = {
  "an agent is also scaled by memory": {
    stack: "tenant",
    edits: [
      {
        type: HPA,
        name: AGENT,
        change: (it) => {
          const spec = it["spec"] as { metrics: unknown[] };
          spec.metrics.push({
            type: "Resource",
            resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } },
          });
        },
      },
    ],
  },
  "an agent may have more replicas": {
    stack: "tenant",
    edits: [{ type: HPA, name: AGENT, change: set(["spec", "maxReplicas"], 6) }],
  },
  "an agent scales down slowly": {
    stack: "tenant",
    edits: [
      { type: HPA, name: AGENT, change: set(["spec", "behavior"], { scaleDown: { stabilizationWindowSeconds: 600 } }) },
    ],
  },
  "half of an agent's pods stay while nodes are replaced": {
    stack: "tenant",
    edits: [
      {
        type: "kubernetes:policy/v1:PodDisruptionBudget",
        name: AGENT,
        change: (it) => {
          const spec = it["spec"] as Inputs;
          delete spec["maxUnavailable"];
          spec["minAvailable"] = "50%";
        },
      },
    ],
  },
  "an agent is spread over zones": {
    stack: "tenant",
    edits: [
      {
        type: DEPLOYMENT,
        name: AGENT,
        change: set(
          [...POD, "topologySpreadConstraints"],
          [
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "ScheduleAnyway",
              labelSelector: { matchLabels: { "app.kubernetes.io/name": "coordinator" } },
            },
          ],
        ),
      },
    ],
  },
  "an agent runs on arm64": {
    stack: "tenant",
    edits: [
      { type: POOL, name: "alicerce-general", change: requirements((all) => [...all.filter(isNoType), ...BOTH]) },
      { type: DEPLOYMENT, name: AGENT, change: set([...POD, "nodeSelector", "kubernetes.io/arch"], "arm64") },
    ],
  },
  "an agent gets more memory": {
    stack: "tenant",
    edits: [
      {
        type: DEPLOYMENT,
        name: AGENT,
        change: set([...POD, "containers", "0", "resources", "limits", "memory"], "1Gi"),
      },
    ],
  },
  "an agent is replaced more than one pod at a time": {
    stack: "tenant",
    edits: [
      {
        type: DEPLOYMENT,
        name: AGENT,
        change: set(["spec", "strategy", "rollingUpdate"], { maxSurge: "50%", maxUnavailable: 1 }),
      },
    ],
  },
  "nodes may be of more instance types, of both architectures": {
    stack: "region",
    edits: [
      {
        type: POOL,
        name: "alicerce-general",
        change: requirements((all) => [...all.filter(isNoType), ...BOTH]),
      },
    ],
  },
  "nodes have other limits": {
    stack: "region",
    edits: [{ type: POOL, name: "alicerce-general", change: set(["spec", "limits"], { cpu: "200", memory: "800Gi" }) }],
  },
  "a namespace has a label of the team": {
    stack: "tenant",
    edits: [
      {
        type: "kubernetes:core/v1:Namespace",
        name: "namespace",
        change: set(["metadata", "labels", "team"], "payments"),
      },
    ],
  },
  "a namespace may have fewer pods": {
    stack: "tenant",
    edits: [
      { type: "kubernetes:core/v1:ResourceQuota", name: "namespace", change: set(["spec", "hard", "pods"], "104") },
    ],
  },
  "the region has a priority class that never preempts": {
    stack: "region",
    adds: (it) =>
      new kubernetes.scheduling.v1.PriorityClass(
        "agents",
        { metadata: { name: "agents" }, value: 1_000, preemptionPolicy: "Never", description: "Agents wait first" },
        it.kubernetes,
      ),
  },
  "an agent has a priority class": {
    stack: "tenant",
    edits: [{ type: DEPLOYMENT, name: AGENT, change: set([...POD, "priorityClassName"], "batch") }],
  },
  "an agent is scaled by KEDA": {
    stack: "tenant",
    edits: [{ type: HPA, name: AGENT }],
    adds: (it) =>
      new kubernetes.apiextensions.CustomResource(
        AGENT,
        {
          apiVersion: "keda.sh/v1alpha1",
          kind: "ScaledObject",
          metadata: { name: "coordinator", namespace: TENANT },
          spec: {
            scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "coordinator" },
            minReplicaCount: 2,
            maxReplicaCount: 3,
            cooldownPeriod: 300,
            pollingInterval: 30,
            triggers: [{ type: "cpu", metricType: "Utilization", metadata: { value: "70" } }],
          },
        },
        it.kubernetes,
      ),
  },
  "a BFF may have more replicas, and scales by memory as well": {
    stack: "tenant",
    edits: [
      {
        type: HPA,
        name: "bff-b2b",
        change: (it) => {
          const spec = it["spec"] as { metrics: unknown[]; maxReplicas: number };
          spec.maxReplicas = 11;
          spec.metrics.push({
            type: "Resource",
            resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } },
          });
        },
      },
    ],
  },
  "a BFF is scaled by KEDA": {
    stack: "tenant",
    edits: [{ type: HPA, name: "bff-b2b" }],
    adds: (it) =>
      new kubernetes.apiextensions.CustomResource(
        "bff-b2b",
        {
          apiVersion: "keda.sh/v1alpha1",
          kind: "ScaledObject",
          metadata: { name: "bff-b2b", namespace: TENANT },
          spec: {
            scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "bff-b2b" },
            minReplicaCount: 2,
            maxReplicaCount: 10,
            triggers: [{ type: "cpu", metricType: "Utilization", metadata: { value: "80" } }],
          },
        },
        it.kubernetes,
      ),
  },
  "only some paths of a BFF's host are sent to it": {
    stack: "tenant",
    edits: [
      {
        type: "aws:lb/listenerRule:ListenerRule",
        name: "bff-b2b",
        change: (it) => {
          (it["conditions"] as unknown[]).push({ pathPattern: { values: ["/v1/*", "/ping"] } });
        },
      },
    ],
  },
  "a server passes `tracestate` on": {
    stack: "tenant",
    edits: [
      {
        type: "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
        name: /./,
        change: (it) =>
          (it["metadataConfiguration"] as { allowedRequestHeaders: string[] }).allowedRequestHeaders.push("tracestate"),
      },
      {
        type: "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
        name: /./,
        change: (it) =>
          (it["requestHeaderConfiguration"] as { requestHeaderAllowlists: string[] }).requestHeaderAllowlists.push(
            "tracestate",
          ),
      },
    ],
  },
  "a function gets more memory and time": {
    stack: "tenant",
    edits: [
      {
        type: "aws:lambda/function:Function",
        name: "token-claims",
        change: (it) => Object.assign(it, { memorySize: 512, timeout: 20 }),
      },
    ],
  },
};
