import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The gateway that is watched, and who hears of it. */
export interface GatewayAlarmsArgs {
  readonly gatewayArn: pulumi.Input<string>;
  readonly topicArn: pulumi.Input<string>;
  /** The mean duration of calls in a minute that is still fast enough. */
  readonly durationMs: number;
}

/** An alarm: it rings while the metric, as the function gives it for a minute, is above the threshold. */
interface Watch {
  readonly says: string;
  readonly metric: string;
  readonly by: "SUM" | "AVG";
  readonly threshold: number;
}

/** Tells when a gateway fails, is throttled or slows down (premise 7). Errors of callers ring no alarm: anybody could cause them. */
export function gatewayAlarms(name: string, args: GatewayAlarmsArgs, opts: pulumi.CustomResourceOptions): void {
  const { topicArn, durationMs } = args;
  const watches: Readonly<Record<string, Watch>> = {
    errors: { says: `Calls through ${name} fail`, metric: "SystemErrors", by: "SUM", threshold: 0 },
    throttles: { says: `Calls through ${name} are throttled`, metric: "Throttles", by: "SUM", threshold: 0 },
    duration: {
      says: `Calls through ${name} take more than ${durationMs} ms on average`,
      metric: "Duration",
      by: "AVG",
      threshold: durationMs,
    },
  };
  for (const [kind, { says, metric, by, threshold }] of Object.entries(watches)) {
    new aws.cloudwatch.MetricAlarm(
      `${name}-${kind}`,
      {
        alarmDescription: says,
        metricQueries: [{ id: kind, expression: query(by, metric, args), period: 60, returnData: true }],
        alarmActions: [topicArn],
        okActions: [topicArn],
        comparisonOperator: "GreaterThanThreshold",
        threshold,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
        treatMissingData: "notBreaching",
      },
      opts,
    );
  }
}

/**
 * All metrics of the gateway, whatever dimensions they have besides: an alarm on named dimensions sees the metric with exactly these
 * and no other, and AgentCore's documentation does not say which it publishes together. Such queries know no percentiles
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html).
 */
function query(by: Watch["by"], metric: string, { gatewayArn }: GatewayAlarmsArgs): pulumi.Output<string> {
  return pulumi.interpolate`SELECT ${by}(${metric}) FROM "AWS/Bedrock-AgentCore" WHERE Resource = '${gatewayArn}'`;
}
