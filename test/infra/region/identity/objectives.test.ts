import { describe, expect, it } from "vitest";
import { resourceOf, resourcesOfType } from "../../plans.ts";

const REGION = "production.eu-west-1";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

interface Query {
  readonly id: string;
  readonly metric?: { readonly metricName: string; readonly dimensions: Readonly<Record<string, string>> };
}

describe("the objectives of a region's Keycloak", () => {
  it.each([
    ["quick", 1.44, 3_600],
    ["slow", 0.6, 21_600],
  ])("are watched where the load balancer sends its requests: burns %s", (kind, threshold, period) => {
    const { inputs } = resourceOf(REGION, ALARM, `identity-burns-${kind}`);
    expect(inputs).toMatchObject({ threshold, comparisonOperator: "GreaterThanThreshold" });
    const queries = (inputs["metricQueries"] as Query[]).filter((it) => it.metric !== undefined);
    expect(queries.map((it) => [it.id, it.metric?.metricName])).toEqual([
      ["failures", "HTTPCode_Target_5XX_Count"],
      ["calls", "RequestCount"],
    ]);
    const { outputs } = resourceOf(REGION, "aws:lb/targetGroup:TargetGroup", "identity");
    for (const { metric } of queries)
      expect(metric).toMatchObject({
        namespace: "AWS/ApplicationELB",
        stat: "Sum",
        period,
        dimensions: { TargetGroup: outputs?.["arnSuffix"] },
      });
  });

  it("tell when most sign-ins of developers fail, also where none succeeds", () => {
    const { inputs } = resourceOf(REGION, ALARM, "identity-sign-ins-failing");
    const queries = inputs["metricQueries"] as (Query & { readonly expression?: string })[];
    const expression = queries[0]?.expression ?? "";
    const [good, bad] = ["FILL(successes, 0)", "FILL(failures, 0)"];
    expect(expression).toBe(`IF(${good} + ${bad} >= 20, 100 * ${good} / (${good} + ${bad}), 100)`);
    expect(queries.slice(1).map((it) => it.metric?.metricName)).toEqual(["SignIns", "SignInFailures"]);
    expect(inputs).toMatchObject({ threshold: 50, comparisonOperator: "LessThanThreshold" });
  });

  it("are those of its database, too", () => {
    const { outputs } = resourceOf(REGION, "aws:rds/cluster:Cluster", "keycloak");
    const watched = resourcesOfType(REGION, ALARM).filter((it) => it.inputs["namespace"] === "AWS/RDS");
    expect(watched.map((it) => [it.name, it.inputs["dimensions"]])).toEqual(
      ["keycloak-slow", "keycloak-full", "keycloak-crowded"].map((name) => [
        name,
        { DBClusterIdentifier: outputs?.["clusterIdentifier"] },
      ]),
    );
  });
});
