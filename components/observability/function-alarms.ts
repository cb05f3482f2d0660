import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The function that is watched, and who hears of it. */
export interface FunctionAlarmsArgs {
  readonly functionName: pulumi.Input<string>;
  readonly topicArn: pulumi.Input<string>;
}

/** What a function without which nothing works must never do for long (AWS Lambda, "Types of metrics"). */
const WATCHES = { errors: "Errors", throttles: "Throttles" } as const;

/** Tells when a function fails or is throttled in three of five minutes (premise 7). */
export function functionAlarms(
  name: string,
  { functionName, topicArn }: FunctionAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [kind, metricName] of Object.entries(WATCHES)) {
    new aws.cloudwatch.MetricAlarm(
      `${name}-${kind}`,
      {
        alarmDescription: `${metricName} of the function ${name}`,
        namespace: "AWS/Lambda",
        metricName,
        dimensions: { FunctionName: functionName },
        statistic: "Sum",
        period: 60,
        alarmActions: [topicArn],
        okActions: [topicArn],
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
        treatMissingData: "notBreaching",
      },
      opts,
    );
  }
}
