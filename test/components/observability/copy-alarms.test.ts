import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { copyAlarms } from "../../../components/observability/copy-alarms.ts";
import { resourcesOfType, TENANTS } from "../../infra/plans.ts";
import { awsOf, planned } from "../planned.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

describe("copyAlarms", () => {
  it("tell of a table and of a bucket whose copies are late, each by all dimensions of its metric", async () => {
    const plan = await planned((opts) => {
      copyAlarms(
        "copies",
        {
          topicArn: new aws.sns.Topic("alerts", {}, { provider: awsOf(opts) }).arn,
          standby: "eu-central-1",
          tables: { table: "records" },
          buckets: { bucket: ["files", "files-standby"] },
        },
        { provider: awsOf(opts) },
      );
    });
    expect(plan.inputs(ALARM, "copies-table")).toMatchObject({
      namespace: "AWS/DynamoDB",
      metricName: "ReplicationLatency",
      dimensions: { TableName: "records", ReceivingRegion: "eu-central-1" },
    });
    expect(plan.inputs(ALARM, "copies-bucket")).toMatchObject({
      namespace: "AWS/S3",
      dimensions: { SourceBucket: "files", DestinationBucket: "files-standby", RuleId: "standby" },
    });
  });

  it("are there for every copy of a table and of a bucket of every tenant", () => {
    for (const address of TENANTS) {
      const watched = resourcesOfType(address, ALARM)
        .filter((it) => it.inputs["metricName"] === "ReplicationLatency")
        .map((it) => it.inputs["dimensions"] as Readonly<Record<string, string>>);
      const tables = resourcesOfType(address, "aws:dynamodb/tableReplica:TableReplica").map((it) =>
        String(it.inputs["globalTableArn"]).replace(/.*table\//, ""),
      );
      const buckets = resourcesOfType(address, REPLICATION).map((it) => it.inputs["bucket"]);
      expect(watched.flatMap((it) => it["TableName"] ?? []).sort()).toEqual(tables.sort());
      expect(watched.flatMap((it) => it["SourceBucket"] ?? []).sort()).toEqual(buckets.sort());
    }
  });
});
