import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The gateway that is watched, and who hears of it. */
export interface GatewayAlarmsArgs {
  readonly gatewayArn: pulumi.Input<string>;
  readonly topicArn: pulumi.Input<string>;
  /** The 99th percentile of a call's duration that is still fast enough. */
  readonly durationMs: number;
}

/** Tells when a gateway fails or slows down (premise 7). */
export function gatewayAlarms(
  name: string,
  { gatewayArn, topicArn, durationMs }: GatewayAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const watched = {
    namespace: "AWS/Bedrock-AgentCore",
    dimensions: { Resource: gatewayArn },
    alarmActions: [topicArn],
    okActions: [topicArn],
    comparisonOperator: "GreaterThanThreshold",
    period: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    treatMissingData: "notBreaching",
  };

  new aws.cloudwatch.MetricAlarm(
    `${name}-errors`,
    {
      ...watched,
      alarmDescription: `Calls through ${name} fail`,
      metricName: "SystemErrors",
      statistic: "Sum",
      threshold: 0,
    },
    opts,
  );
  new aws.cloudwatch.MetricAlarm(
    `${name}-duration`,
    {
      ...watched,
      alarmDescription: `Calls through ${name} are slower than ${durationMs} ms`,
      metricName: "Duration",
      extendedStatistic: "p99",
      threshold: durationMs,
    },
    opts,
  );
}
