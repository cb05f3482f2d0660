import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The cluster that is watched, the most nodes that it may have, and who hears of it. */
export interface ClusterAlarmsArgs {
  readonly clusterName: string;
  readonly mostNodes: number;
  readonly topicArn: pulumi.Input<string>;
}

/** From this share of the most nodes on somebody should know: what comes next may find no place. */
const NEARLY_FULL = 0.8;

/** Tells when a cluster has grown nearly as far as it may, and when a node fails (premise 7, "Scaling Event"). */
export function clusterAlarms(
  name: string,
  args: ClusterAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { clusterName, mostNodes } = args;
  const most = Math.floor(mostNodes * NEARLY_FULL);
  return [
    nodeAlarm(`${name}-grown`, args, opts, {
      alarmDescription: `${clusterName} has more than ${most} of at most ${mostNodes} nodes`,
      metricName: "cluster_node_count",
      threshold: most,
    }),
    nodeAlarm(`${name}-nodes`, args, opts, {
      alarmDescription: `Nodes of ${clusterName} fail`,
      metricName: "cluster_failed_node_count",
      threshold: 0,
    }),
  ];
}

function nodeAlarm(
  name: string,
  { clusterName, topicArn }: ClusterAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
  of: Pick<aws.cloudwatch.MetricAlarmArgs, "alarmDescription" | "metricName" | "threshold">,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      ...of,
      namespace: "ContainerInsights",
      dimensions: { ClusterName: clusterName },
      statistic: "Maximum",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
    },
    opts,
  );
}
