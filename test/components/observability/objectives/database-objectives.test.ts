import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { databaseObjectives } from "../../../../components/observability/objectives/database-objectives.ts";
import { awsOf, planned } from "../../planned.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("databaseObjectives", () => {
  it("tells by the specification's 150 ms, by what the database may grow to, and by its connections, of the one database", async () => {
    const made = await planned((opts) => {
      const served = { provider: awsOf(opts) };
      const topicArn = new aws.sns.Topic("alerts", {}, served).arn;
      databaseObjectives("database", { clusterIdentifier: "alicerce-xyz-gmbh", topicArn }, served);
    });
    const alarms = made.resources
      .filter(({ type }) => type === ALARM)
      .map(({ name, inputs }) => [name, inputs] as const);
    const summary = alarms.map(([name, it]) => [name, it["metricName"], it["statistic"], it["threshold"]]);
    expect(summary.toSorted()).toEqual([
      ["database-crowded", "DatabaseConnections", "Maximum", 1_300],
      ["database-full", "ACUUtilization", "Average", 90],
      ["database-slow", "CommitLatency", "Average", 150],
    ]);
    for (const [, it] of alarms) {
      expect(it["alarmActions"]).toHaveLength(1);
      expect(it).toMatchObject({
        namespace: "AWS/RDS",
        dimensions: { DBClusterIdentifier: "alicerce-xyz-gmbh" },
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      });
    }
  });
});
