import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { gatewayObjectives } from "../../../../components/observability/objectives/gateway-objectives.ts";
import { METRICS } from "../../../../contracts/records/metrics.ts";
import { awsOf, planned } from "../../planned.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

const plan = (scenario: "internal" | "b2b") =>
  planned((opts) => {
    const served = { provider: awsOf(opts) };
    const topicArn = new aws.sns.Topic("alerts", {}, served).arn;
    gatewayObjectives("gateway", { tenant: "xyz-gmbh", scenario, latencyMs: 250, topicArn }, served);
  });

describe("gatewayObjectives", () => {
  it.each([
    // 14.4 times the budget of 0.1 % for an hour spends 2 % of that of 30 days, 6 times it for six hours 5 %.
    ["b2b", "quick", 3_600, 1.44],
    ["b2b", "slow", 21_600, 0.6],
    ["internal", "quick", 3_600, 7.2],
    ["internal", "slow", 21_600, 3],
  ] as const)("of %s: %s failures within %d s ring above %d percent", async (scenario, kind, period, threshold) => {
    const alarm = (await plan(scenario)).inputs(ALARM, `gateway-burns-${kind}`);
    expect(alarm).toMatchObject({ threshold, comparisonOperator: "GreaterThanThreshold" });
    expect(alarm["alarmActions"]).toHaveLength(1);
    const metrics = (alarm["metricQueries"] as { metric?: { period: number; dimensions: object } }[]).flatMap(
      (it) => it.metric ?? [],
    );
    expect(metrics.map((it) => it.period)).toEqual([period, period]);
    expect(metrics[0]?.dimensions).toEqual({ tenant: "xyz-gmbh", scenario });
  });

  it("rings when one in a hundred calls is decided after more than the specification's 100 ms", async () => {
    const alarm = (await plan("b2b")).inputs(ALARM, "gateway-decision");
    expect(alarm).toMatchObject({
      namespace: "Alicerce/Gateway",
      metricName: "AgentGatewayLatency",
      extendedStatistic: "p99",
      threshold: 100,
      dimensions: { tenant: "xyz-gmbh", scenario: "b2b" },
    });
    expect(METRICS["Alicerce/Gateway"].AgentGatewayLatency).toContainEqual(["tenant", "scenario"]);
  });

  it("rings when one in a hundred calls waits for more than its region allows, on a metric that the interceptor writes", async () => {
    const alarm = (await plan("b2b")).inputs(ALARM, "gateway-latency");
    expect(alarm).toMatchObject({ metricName: "GatewayMCPLatency", extendedStatistic: "p99", threshold: 250 });
    expect(METRICS["Alicerce/Gateway"].GatewayMCPLatency).toContainEqual(
      Object.keys(alarm["dimensions"] as object)
        .toSorted()
        .toReversed(),
    );
  });
});
