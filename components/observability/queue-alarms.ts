import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The queue that is watched, with the one for what nobody could work on, and who hears of it. */
export interface QueueAlarmsArgs {
  readonly names: { readonly work: pulumi.Input<string>; readonly dead: pulumi.Input<string> };
  /** Whether somebody always reads it: then nothing in it grows old. */
  readonly isRead: boolean;
  readonly topicArn: pulumi.Input<string>;
}

/** A message that waits for longer has nobody who works on it, in seconds. */
const OLD = 900;

/** Tells of messages that nobody could work on, and of those that nobody takes (Amazon SQS, "Available CloudWatch metrics"). */
export function queueAlarms(
  name: string,
  { names, isRead, topicArn }: QueueAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const alarm = (kind: string, queueName: pulumi.Input<string>, watched: Watched): aws.cloudwatch.MetricAlarm =>
    queueAlarm(`${name}-${kind}`, { ...watched, dimensions: { QueueName: queueName } }, { topicArn, opts });
  const dead = alarm("dead", names.dead, {
    alarmDescription: `Messages of ${name} that nobody could work on`,
    metricName: "ApproximateNumberOfMessagesVisible",
    threshold: 0,
  });
  if (!isRead) return [dead];
  const old = alarm("old", names.work, {
    alarmDescription: `Messages of ${name} wait for more than ${OLD} s`,
    metricName: "ApproximateAgeOfOldestMessage",
    threshold: OLD,
  });
  return [dead, old];
}

type Watched = Pick<aws.cloudwatch.MetricAlarmArgs, "alarmDescription" | "metricName" | "threshold">;

interface Told {
  readonly topicArn: pulumi.Input<string>;
  readonly opts: pulumi.CustomResourceOptions;
}

function queueAlarm(
  name: string,
  watched: Watched & Pick<aws.cloudwatch.MetricAlarmArgs, "dimensions">,
  { topicArn, opts }: Told,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      ...watched,
      namespace: "AWS/SQS",
      statistic: "Maximum",
      period: 60,
      alarmActions: [topicArn],
      okActions: [topicArn],
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    },
    opts,
  );
}
