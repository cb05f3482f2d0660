import type { AWS_METRICS } from "../../contracts/records/aws-metrics.ts";
import type { METRICS } from "../../contracts/records/metrics.ts";
import {
  BUSINESS_METRICS,
  GATEWAY_METRICS,
  IDENTITY_METRICS,
  WORKLOAD_METRICS,
} from "../../contracts/records/metrics.ts";
import type { Figure } from "./dashboard.ts";

type Search = Figure["searches"][number];

/** Figures of gateways and their servers: of one tenant, or of all in the region. */
export function gatewayFigures(tenant?: string): readonly Figure[] {
  const only = tenant === undefined ? "" : ` tenant="${tenant}"`;
  const shown = (
    dimensions: string,
    metric: keyof (typeof METRICS)[typeof GATEWAY_METRICS],
    ...stats: string[]
  ): Search => ({
    search: `{${GATEWAY_METRICS},${dimensions}}${only} MetricName="${metric}"`,
    stats,
  });
  const ofServers = "tenant,MCPServer,Operation";
  return [
    { title: "Gateways: duration of calls (ms)", searches: [shown("tenant,scenario", "Duration", "p50", "p99")] },
    {
      title: "Gateways: calls and failures",
      searches: [shown("tenant,scenario", "Calls", "Sum"), shown("tenant,scenario", "Failures", "Sum")],
    },
    {
      title: "Gateways: time until a call is decided (ms)",
      searches: [shown("tenant,scenario", "AgentGatewayLatency", "p50", "p99")],
    },
    {
      title: "Authentication and authorization: calls by decision",
      searches: [shown("tenant,scenario,decision", "Calls", "Sum")],
    },
    {
      title: "MCP servers: response time (ms)",
      searches: [shown(ofServers, "GatewayMCPLatency", "p50", "p99")],
    },
    { title: "MCP servers: answered calls", searches: [shown(ofServers, "GatewayMCPLatency", "SampleCount")] },
  ];
}

/** Figures of agents and BFFs: of one tenant, or of all in the region. */
export function workloadFigures(tenant?: string): readonly Figure[] {
  const only = tenant === undefined ? "" : ` tenant="${tenant}"`;
  const shown = (metric: keyof (typeof METRICS)[typeof WORKLOAD_METRICS], ...stats: string[]): Search => ({
    search: `{${WORKLOAD_METRICS},tenant,workload}${only} MetricName="${metric}"`,
    stats,
  });
  return [
    {
      title: "Agents and BFFs: requests and failures",
      searches: [shown("Calls", "Sum"), shown("Failures", "Sum")],
    },
    { title: "Agents and BFFs: time until the answer begins (ms)", searches: [shown("Duration", "p50", "p99")] },
  ];
}

/** Figures of the business: of one tenant, or of all in the region. */
export function businessFigures(tenant?: string): readonly Figure[] {
  const only = tenant === undefined ? "" : ` tenant="${tenant}"`;
  const shown = (metric: keyof (typeof METRICS)[typeof BUSINESS_METRICS]): Search => ({
    search: `{${BUSINESS_METRICS},tenant,outcome}${only} MetricName="${metric}"`,
    stats: ["Sum"],
  });
  return [
    { title: "Business: messages of consumers, by outcome", searches: [shown("Chats")] },
    { title: "Business: orders and batches of partners, by outcome", searches: [shown("Orders"), shown("Batches")] },
  ];
}

/** Figures of databases: of the one of a name, or of all in the region. */
export function databaseFigures(clusterIdentifier?: string): readonly Figure[] {
  const only = clusterIdentifier === undefined ? "" : ` DBClusterIdentifier="${clusterIdentifier}"`;
  const shown = (metric: keyof (typeof AWS_METRICS)["AWS/RDS"], stat: string): Search => ({
    search: `{AWS/RDS,DBClusterIdentifier}${only} MetricName="${metric}"`,
    stats: [stat],
  });
  return [
    { title: "Databases: time to commit (ms)", searches: [shown("CommitLatency", "Average")] },
    {
      title: "Databases: capacity in use (%), and connections",
      searches: [shown("ACUUtilization", "Average"), shown("DatabaseConnections", "Maximum")],
    },
  ];
}

/** Figures of sign-ins: the rate of those that succeed, the attempts, and the tokens that are issued after one or by a refresh. */
export function signInFigures(): readonly Figure[] {
  const shown = (metric: keyof (typeof AWS_METRICS)["AWS/Cognito"], ...stats: string[]): Search => ({
    search: `{AWS/Cognito,UserPool,UserPoolClient} MetricName="${metric}"`,
    stats,
  });
  return [
    {
      title: "Sign-ins: share that succeeds, and attempts",
      searches: [shown("SignInSuccesses", "Average", "SampleCount"), shown("SignInThrottles", "Sum")],
    },
    {
      title: "Tokens issued: sign-ins and refreshes",
      searches: [shown("SignInSuccesses", "Sum"), shown("TokenRefreshSuccesses", "Sum")],
    },
  ];
}

/** Figures of developers' sign-ins in a region: how many succeed and fail, and the tokens that they get. */
export function identityFigures(): readonly Figure[] {
  const shown = (metric: keyof (typeof METRICS)[typeof IDENTITY_METRICS]): Search => ({
    search: `{${IDENTITY_METRICS}} MetricName="${metric}"`,
    stats: ["Sum"],
  });
  return [
    {
      title: "Developers: sign-ins, failed attempts, and tokens",
      searches: [shown("SignIns"), shown("SignInFailures"), shown("Tokens")],
    },
  ];
}

/** Figures of containers: of each pod of one namespace, or of each namespace of the region. */
export function containerFigures(namespace?: string): readonly Figure[] {
  const where =
    namespace === undefined ? "ClusterName,Namespace}" : `ClusterName,Namespace,PodName} Namespace="${namespace}"`;
  const shown = (metric: keyof (typeof AWS_METRICS)["ContainerInsights"]): Search => ({
    search: `{ContainerInsights,${where} MetricName="${metric}"`,
    stats: ["Average"],
  });
  return [
    {
      title: "Containers: CPU and memory (%)",
      searches: [shown("pod_cpu_utilization"), shown("pod_memory_utilization")],
    },
    {
      title: "Containers: network (bytes/s)",
      searches: [shown("pod_network_rx_bytes"), shown("pod_network_tx_bytes")],
    },
  ];
}

/** Figures of a cluster's nodes. */
export function nodeFigures(): readonly Figure[] {
  const shown = (metric: keyof (typeof AWS_METRICS)["ContainerInsights"], stat: string): Search => ({
    search: `{ContainerInsights,ClusterName} MetricName="${metric}"`,
    stats: [stat],
  });
  return [
    {
      title: "Nodes: how many, and how many failed",
      searches: [shown("cluster_node_count", "Maximum"), shown("cluster_failed_node_count", "Maximum")],
    },
    {
      title: "Nodes: CPU and memory (%)",
      searches: [shown("node_cpu_utilization", "Average"), shown("node_memory_utilization", "Average")],
    },
  ];
}

/** Figures of the way in: how soon workloads answer the load balancers (s), and how often they fail. */
export function edgeFigures(): readonly Figure[] {
  const shown = (metric: keyof (typeof AWS_METRICS)["AWS/ApplicationELB"], ...stats: string[]): Search => ({
    search: `{AWS/ApplicationELB,LoadBalancer} MetricName="${metric}"`,
    stats,
  });
  return [
    { title: "Way in: response time (s)", searches: [shown("TargetResponseTime", "p50", "p99")] },
    {
      title: "Way in: requests and failures",
      searches: [shown("RequestCount", "Sum"), shown("HTTPCode_Target_5XX_Count", "Sum")],
    },
  ];
}
