import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { DATABASE_OBJECTIVES } from "../../../environments/observability/objectives.ts";

/** Which Aurora cluster it is, and who hears when it does not keep its objectives. */
export interface DatabaseObjectivesArgs {
  readonly clusterIdentifier: pulumi.Input<string>;
  readonly topicArn: pulumi.Input<string>;
}

const WATCHED = {
  slow: {
    metricName: "CommitLatency",
    statistic: "Average",
    threshold: DATABASE_OBJECTIVES.commitMs,
    says: `takes more than ${DATABASE_OBJECTIVES.commitMs} ms to commit, on average`,
  },
  full: {
    metricName: "ACUUtilization",
    statistic: "Average",
    threshold: DATABASE_OBJECTIVES.capacityPercent,
    says: `uses more than ${DATABASE_OBJECTIVES.capacityPercent} % of the capacity that it may grow to`,
  },
  crowded: {
    metricName: "DatabaseConnections",
    statistic: "Maximum",
    threshold: DATABASE_OBJECTIVES.connections,
    says: `has more than ${DATABASE_OBJECTIVES.connections} connections`,
  },
} as const;

/** Tells when a database is slow, when it has grown as far as it may, and when it has few connections left (premise 7); one that pauses has no metrics. */
export function databaseObjectives(
  name: string,
  { clusterIdentifier, topicArn }: DatabaseObjectivesArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [kind, { says, ...of }] of Object.entries(WATCHED)) {
    new aws.cloudwatch.MetricAlarm(
      `${name}-${kind}`,
      {
        ...of,
        alarmDescription: `The database ${says}`,
        namespace: "AWS/RDS",
        dimensions: { DBClusterIdentifier: clusterIdentifier },
        period: 60,
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 5,
        datapointsToAlarm: 5,
        alarmActions: [topicArn],
        okActions: [topicArn],
        treatMissingData: "notBreaching",
      },
      opts,
    );
  }
}
