import { dashboard, type Figure } from "../../../components/observability/dashboard.ts";
import { GATEWAY_METRICS } from "../../../contracts/records/metrics.ts";
import type { TenantContext } from "../context.ts";

/** Declares what shows how a tenant's gateways, servers, sign-ins and pods do in one region. */
export function tenantDashboard({ address, provider }: TenantContext): void {
  const { environment, region, tenant } = address;
  const dashboardName = `${environment.name}-${region}-${tenant.id}`;
  dashboard("dashboard", { dashboardName, region, figures: figuresOf(tenant.id) }, { provider });
}

function figuresOf(tenant: string): readonly Figure[] {
  const ofGateways = (dimensions: string, metric: string): string =>
    `{${GATEWAY_METRICS},${dimensions}} tenant="${tenant}" MetricName="${metric}"`;
  const ofPods = (metric: string): string =>
    `{ContainerInsights,ClusterName,Namespace,PodName} Namespace="${tenant}" MetricName="${metric}"`;
  return [
    {
      title: "Gateways: duration of calls (ms)",
      searches: [{ search: ofGateways("tenant,scenario", "Duration"), stats: ["p50", "p99"] }],
    },
    {
      title: "Gateways: calls and failures",
      searches: ["Calls", "Failures"].map((it) => ({ search: ofGateways("tenant,scenario", it), stats: ["Sum"] })),
    },
    {
      title: "Authentication and authorization: calls by decision",
      searches: [{ search: ofGateways("tenant,scenario,decision", "Calls"), stats: ["Sum"] }],
    },
    {
      title: "MCP servers: response time (ms)",
      searches: [{ search: ofGateways("tenant,MCPServer,Operation", "GatewayMCPLatency"), stats: ["p50", "p99"] }],
    },
    {
      title: "MCP servers: answered calls",
      searches: [{ search: ofGateways("tenant,MCPServer,Operation", "GatewayMCPLatency"), stats: ["SampleCount"] }],
    },
    {
      title: "Agents and BFFs: CPU and memory (%)",
      searches: ["pod_cpu_utilization", "pod_memory_utilization"].map((it) => ({
        search: ofPods(it),
        stats: ["Average"],
      })),
    },
  ];
}
