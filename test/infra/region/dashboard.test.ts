import { describe, expect, it } from "vitest";
import { resourceOf } from "../plans.ts";

const REGION = "production.eu-west-1";

describe("the dashboard of a region", () => {
  it("shows latency at P50 and P99, throughput, failures, servers, sign-ins, tokens, containers and nodes of all its tenants", () => {
    const { inputs } = resourceOf(REGION, "aws:cloudwatch/dashboard:Dashboard", "dashboard");
    expect(inputs["dashboardName"]).toBe("production-eu-west-1");
    const { widgets } = JSON.parse(String(inputs["dashboardBody"])) as {
      widgets: { properties: { region: string; metrics: [{ expression: string }][] } }[];
    };
    expect(new Set(widgets.map((it) => it.properties.region))).toEqual(new Set(["eu-west-1"]));
    const searches = widgets.flatMap((it) => it.properties.metrics.map(([one]) => one.expression));
    expect(searches.filter((it) => it.includes("xyz-gmbh"))).toEqual([]);
    const shown = (schema: string, metric: string, stat: string) =>
      `SEARCH('{${schema}} MetricName="${metric}"', '${stat}', 60)`;
    expect(searches).toEqual(
      expect.arrayContaining([
        shown("Alicerce/Gateway,tenant,scenario", "Duration", "p50"),
        shown("Alicerce/Gateway,tenant,scenario", "Duration", "p99"),
        shown("Alicerce/Gateway,tenant,scenario", "Calls", "Sum"),
        shown("Alicerce/Gateway,tenant,scenario", "Failures", "Sum"),
        shown("Alicerce/Gateway,tenant,MCPServer,Operation", "GatewayMCPLatency", "p99"),
        shown("AWS/Cognito,UserPool,UserPoolClient", "SignInSuccesses", "Average"),
        shown("AWS/Cognito,UserPool,UserPoolClient", "TokenRefreshSuccesses", "Sum"),
        shown("ContainerInsights,ClusterName,Namespace", "pod_network_rx_bytes", "Average"),
        shown("ContainerInsights,ClusterName", "cluster_node_count", "Maximum"),
        shown("AWS/ApplicationELB,LoadBalancer", "TargetResponseTime", "p99"),
        shown("Alicerce/Identity", "SignIns", "Sum"),
        shown("Alicerce/Identity", "Tokens", "Sum"),
        shown("AWS/RDS,DBClusterIdentifier", "ACUUtilization", "Average"),
        shown("AWS/RDS,DBClusterIdentifier", "DatabaseConnections", "Maximum"),
        shown("Alicerce/Business,tenant,outcome", "Chats", "Sum"),
      ]),
    );
  });

  it("is not the only one to know that the cluster is nearly as large as it may be", () => {
    const alarm = resourceOf(REGION, "aws:cloudwatch/metricAlarm:MetricAlarm", "cluster-grown");
    expect(alarm.inputs).toMatchObject({
      namespace: "ContainerInsights",
      metricName: "cluster_node_count",
      dimensions: { ClusterName: "alicerce" },
      threshold: 24,
    });
    expect(alarm.inputs["alarmActions"]).toHaveLength(1);
  });
});
