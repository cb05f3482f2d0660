import { describe, expect, it } from "vitest";
import { resourceOf } from "../plans.ts";

const TENANT = "production.eu-west-1.xyz-gmbh";

describe("a tenant's dashboard", () => {
  it("shows latency, throughput, failures, decisions, servers, pods, the database and the business of the one tenant in its region", () => {
    const { inputs } = resourceOf(TENANT, "aws:cloudwatch/dashboard:Dashboard", "dashboard");
    expect(inputs["dashboardName"]).toBe("production-eu-west-1-xyz-gmbh");
    const { widgets } = JSON.parse(String(inputs["dashboardBody"])) as {
      widgets: { properties: { region: string; metrics: [{ expression: string }][] } }[];
    };
    expect(new Set(widgets.map((it) => it.properties.region))).toEqual(new Set(["eu-west-1"]));
    const searches = widgets.flatMap((it) => it.properties.metrics.map(([one]) => one.expression));
    expect(searches.filter((it) => !it.includes('"xyz-gmbh"') && !it.includes('"alicerce-xyz-gmbh"'))).toEqual([]);
    expect(searches).toContain(
      `SEARCH('{AWS/RDS,DBClusterIdentifier} DBClusterIdentifier="alicerce-xyz-gmbh" MetricName="CommitLatency"', 'Average', 60)`,
    );
    expect(searches).toContain(
      `SEARCH('{Alicerce/Business,tenant,outcome} tenant="xyz-gmbh" MetricName="Orders"', 'Sum', 60)`,
    );
    expect(searches).toContain(
      `SEARCH('{Alicerce/Gateway,tenant,MCPServer,Operation} tenant="xyz-gmbh" MetricName="GatewayMCPLatency"', 'p99', 60)`,
    );
  });
});
