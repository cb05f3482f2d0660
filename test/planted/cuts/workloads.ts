import { type Planted, STACKS, type Values } from "../environment.ts";

const { development, region, xyz } = STACKS;

function container(inputs: Values): Values {
  return inputs["spec"].template.spec.containers[0] as Values;
}

function environmentOf(inputs: Values, name: string): { name: string; value: string } {
  const env = container(inputs)["env"] as { name: string; value: string }[];
  return env.find((it) => it.name === name)!;
}

/** Workloads that cannot start, cannot be found, or cannot do their work. */
export const workloadCuts: readonly Planted[] = [
  {
    name: "a service that selects nothing",
    story: "The selector of the coordinator's Service has a label that its pods lack.",
    change: (it) =>
      it.edit(xyz, "Service", "agent-coordinator", (all) => {
        all["spec"].selector = { app: "coordinator" };
      }),
  },
  {
    name: "a service at a port where nobody listens",
    story: "targetPort 8080, the container listens on 9000.",
    change: (it) =>
      it.edit(xyz, "Service", "agent-coordinator", (all) => {
        all["spec"].ports[0].targetPort = 8080;
      }),
  },
  {
    name: "a service in another namespace",
    story: "The Service went to namespace default.",
    change: (it) =>
      it.edit(xyz, "Service", "agent-coordinator", (all) => {
        all["metadata"].namespace = "default";
      }),
  },
  {
    name: "a deployment that does not select its pods",
    story: "The labels of the template were changed, the selector was not.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.metadata.labels["app.kubernetes.io/name"] = "orchestrator";
      }),
  },
  {
    name: "pods without the label of agents",
    story: "Without alicerce.dev/kind no policy allows them to talk.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        delete all["spec"].template.metadata.labels["alicerce.dev/kind"];
      }),
  },
  {
    name: "a service account that is not there",
    story: "The pods name a service account of an earlier name.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.spec.serviceAccountName = "orchestrator";
      }),
  },
  {
    name: "a pod without a role",
    story: "The pod identity association was removed.",
    change: (it) => it.remove(xyz, "PodIdentityAssociation", "agent-coordinator"),
  },
  {
    name: "an association in another namespace",
    story: "The association names namespace default.",
    change: (it) =>
      it.edit(xyz, "PodIdentityAssociation", "agent-coordinator", (all) => {
        all["namespace"] = "default";
      }),
  },
  {
    name: "a scaler of nothing",
    story: "The autoscaler names a deployment of an earlier name.",
    change: (it) =>
      it.edit(xyz, "HorizontalPodAutoscaler", "agent-coordinator", (all) => {
        all["spec"].scaleTargetRef.name = "orchestrator";
      }),
  },
  {
    name: "a scaler without metrics",
    story: "The metrics server was removed; CPU is unknown.",
    reaches: ["agent-coordinator"],
    change: (it) => it.remove(region, "Addon", "alicerce-metrics-server"),
  },
  {
    name: "a scaler without requests",
    story: "Utilisation is a share of the request, and the container has none.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        delete container(all)["resources"].requests;
        delete container(all)["resources"].limits;
      }),
  },
  {
    name: "more pods than the quota allows",
    story: "The quota of the namespace allows two pods.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(xyz, "ResourceQuota", "namespace", (all) => {
        all["spec"].hard.pods = "2";
      }),
  },
  {
    name: "a container above the limit of its namespace",
    story: "The container asks for 8 GiB, the LimitRange allows 4.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        container(all)["resources"].limits.memory = "8Gi";
      }),
  },
  {
    name: "a pod that fits on no node",
    story: "The container asks for 32 CPUs; the pool's instances have four.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        container(all)["resources"].requests.cpu = "32";
      }),
  },
  {
    name: "a pool that is not there",
    story: "The pods want nodes of the pool gpu.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].template.spec.nodeSelector = { "karpenter.sh/nodepool": "gpu" };
      }),
  },
  {
    name: "no node pool",
    story: "The node pool of the agents was removed.",
    reaches: ["agent-coordinator"],
    change: (it) => it.remove(region, "NodePool", "alicerce-general"),
  },
  {
    name: "a node pool of a limit that is too small",
    story: "The pool may have two CPUs in all.",
    reaches: ["agent-coordinator"],
    change: (it) =>
      it.edit(region, "NodePool", "alicerce-general", (all) => {
        all["spec"].limits = { cpu: "2" };
      }),
  },
  {
    name: "a node pool with a taint",
    story: "The pool got a taint that no agent tolerates.",
    change: (it) =>
      it.edit(region, "NodePool", "alicerce-general", (all) => {
        all["spec"].template.spec.taints = [{ key: "team", value: "data", effect: "NoSchedule" }];
      }),
  },
  {
    name: "a probe where nobody listens",
    story: "The liveness probe asks port 8080, so pods are killed forever.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        container(all)["livenessProbe"].httpGet.port = 8080;
      }),
  },
  {
    name: "a disruption budget that lets nothing go",
    story: "maxUnavailable 0: no node can be drained.",
    change: (it) =>
      it.edit(xyz, "PodDisruptionBudget", "agent-coordinator", (all) => {
        all["spec"].maxUnavailable = 0;
      }),
  },
  {
    name: "a rollout that cannot start",
    story: "maxSurge 0 and maxUnavailable 0.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        all["spec"].strategy.rollingUpdate.maxSurge = 0;
      }),
  },
  {
    name: "an image of a repository that is not there",
    story: "The repository is called alicerce/agent-coordinator, not alicerce/coordinator.",
    change: (it) =>
      it.replaceText([xyz, "Deployment", "agent-coordinator"], "alicerce/agent-coordinator@", "alicerce/coordinator@"),
  },
  {
    name: "a server's image in another region",
    story: "The image is fetched from us-east-1, to which there is no way.",
    change: (it) =>
      it.replaceText([xyz, "AgentcoreAgentRuntime", "mcp-files-v1"], "dkr.ecr.eu-west-1.", "dkr.ecr.us-east-1."),
  },
  {
    name: "a model that does not exist",
    story: "MODEL_ID misses a digit of its date.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        environmentOf(all, "MODEL_ID").value = "eu.anthropic.claude-sonnet-4-5-2025092-v1:0";
      }),
  },
  {
    name: "a gateway that does not exist",
    story: "GATEWAY_URL is that of an earlier deployment.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        const url = environmentOf(all, "GATEWAY_URL");
        url.value = url.value.replace(/xyz-gmbh-b2b-[a-z0-9]+/, "xyz-gmbh-b2b-0000000000");
      }),
  },
  {
    name: "an agent without an address for its gateway",
    story: "GATEWAY_URL was removed from the environment.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        container(all)["env"] = (container(all)["env"] as { name: string }[]).filter(
          (one) => one.name !== "GATEWAY_URL",
        );
      }),
  },
  {
    name: "a token function that does not exist",
    story: "TOKEN_FUNCTION is that of an earlier deployment.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        environmentOf(all, "TOKEN_FUNCTION").value = "agent-coordinator-token-0000000";
      }),
  },
  {
    name: "an agent in another region",
    story: "AWS_REGION of the agent is us-east-1: it calls endpoints to which there is no way.",
    change: (it) =>
      it.edit(xyz, "Deployment", "agent-coordinator", (all) => {
        environmentOf(all, "AWS_REGION").value = "us-east-1";
      }),
  },
  {
    name: "a bucket that does not exist",
    story: "FILES_BUCKET is that of an earlier deployment.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-files-v1", (all) => {
        all["environmentVariables"].FILES_BUCKET = "bucket-0000000";
      }),
  },
  {
    name: "a database that does not exist",
    story: "DATABASE_HOST is that of an earlier deployment.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        all["environmentVariables"].DATABASE_HOST = "old.cluster-eqn3vz9d7nle.eu-west-1.rds.amazonaws.com";
      }),
  },
  {
    name: "a server without the name of its database",
    story: "DATABASE_SECRET was removed from the environment; the server stops at its start.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntime", "mcp-database-v3", (all) => {
        delete all["environmentVariables"].DATABASE_SECRET;
      }),
  },
  {
    name: "a backend's secret that does not exist",
    story: "BACKENDS names the secret of orders in the singular.",
    change: (it) =>
      it.replaceText(
        [xyz, "AgentcoreAgentRuntime", "mcp-api-integration-v2"],
        "xyz-gmbh/api/orders",
        "xyz-gmbh/api/order",
      ),
  },
  {
    name: "a cluster without instances",
    story: "Both instances of the database were removed.",
    reaches: ["database"],
    change: (it) => {
      it.remove(xyz, "ClusterInstance", "database-a");
      it.remove(xyz, "ClusterInstance", "database-b");
    },
  },
  {
    name: "a database that does not accept IAM",
    story: "iamDatabaseAuthenticationEnabled is off.",
    change: (it) =>
      it.edit(xyz, "Cluster", "database", (all) => {
        all["iamDatabaseAuthenticationEnabled"] = false;
      }),
  },
  {
    name: "a database that nobody sets up",
    story: "The invocation of the set-up function was removed: no schema, no user.",
    reaches: ["database"],
    change: (it) => it.remove(xyz, "Invocation", "database-setup"),
  },
  {
    name: "a bucket under a key that signs",
    story: "The bucket's key is the one for context tokens, which cannot encrypt.",
    change: (it) =>
      it.edit(xyz, "BucketServerSideEncryptionConfiguration", "bucket", (all) => {
        all["rules"][0].applyServerSideEncryptionByDefault.kmsMasterKeyId = it.arn(xyz, "Key", "context-key");
      }),
  },
  {
    name: "an agent on Runtime of another protocol",
    story: "The coordinator's runtime is declared as an MCP server.",
    environment: "development",
    change: (it) =>
      it.edit(development, "AgentcoreAgentRuntime", "agent-coordinator", (all) => {
        all["protocolConfiguration"].serverProtocol = "MCP";
      }),
  },
  {
    name: "an endpoint of another runtime",
    story: "The endpoint of the files server belongs to another runtime.",
    change: (it) =>
      it.edit(xyz, "AgentcoreAgentRuntimeEndpoint", "mcp-files-v1", (all) => {
        all["agentRuntimeId"] = it.find(xyz, "AgentcoreAgentRuntime", "mcp-database-v3").outputs?.["agentRuntimeId"];
      }),
  },
  {
    name: "a function that never runs",
    story: "The reserved concurrency of the interceptor is 0.",
    change: (it) =>
      it.edit(xyz, "Function", "interceptor-b2b", (all) => {
        all["reservedConcurrentExecutions"] = 0;
      }),
  },
];
