import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What is copied to the standby, and who hears that it does not come there. */
export interface CopyAlarmsArgs {
  readonly topicArn: pulumi.Input<string>;
  readonly standby: string;
  /** Names of tables, by the name of their alarm. */
  readonly tables: Readonly<Record<string, pulumi.Input<string>>>;
  /** Names of buckets and of their copies, by the name of their alarm. */
  readonly buckets: Readonly<Record<string, readonly [from: pulumi.Input<string>, to: pulumi.Input<string>]>>;
}

/** A copy of a table that is a minute late, in milliseconds: it is usually there within seconds. */
const TABLE_LAG = 60_000;

/** A copy of an object that is later than Amazon S3 promises, in seconds. */
const OBJECT_LAG = 900;

/**
 * Tells when copies in the standby are late for five minutes (DynamoDB developer guide, `ReplicationLatency`; S3 user guide, "Monitoring
 * replication"). A table or a bucket that nobody writes to has no lag.
 */
export function copyAlarms(name: string, args: CopyAlarmsArgs, opts: pulumi.CustomResourceOptions): pulumi.Resource[] {
  const { standby, tables, buckets } = args;
  return [
    ...Object.entries(tables).map(([key, TableName]) =>
      lagAlarm(`${name}-${key}`, args, opts, {
        namespace: "AWS/DynamoDB",
        dimensions: { TableName, ReceivingRegion: standby },
        threshold: TABLE_LAG,
      }),
    ),
    ...Object.entries(buckets).map(([key, [SourceBucket, DestinationBucket]]) =>
      lagAlarm(`${name}-${key}`, args, opts, {
        namespace: "AWS/S3",
        dimensions: { SourceBucket, DestinationBucket, RuleId: "standby" },
        threshold: OBJECT_LAG,
      }),
    ),
  ];
}

function lagAlarm(
  name: string,
  { topicArn, standby }: CopyAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
  of: Pick<aws.cloudwatch.MetricAlarmArgs, "namespace" | "dimensions" | "threshold">,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      ...of,
      alarmDescription: `Copies to ${standby} are late`,
      metricName: "ReplicationLatency",
      statistic: "Maximum",
      period: 60,
      alarmActions: [topicArn],
      okActions: [topicArn],
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      treatMissingData: "notBreaching",
    },
    opts,
  );
}
