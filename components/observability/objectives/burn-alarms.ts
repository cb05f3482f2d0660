import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BURN_RATES } from "../../../environments/observability/objectives.ts";

/** What is promised, by which metrics it is seen, and who hears when the promise is at risk. */
export interface BurnAlarmsArgs {
  /** What fails, for the reader of the alarm, such as "calls through gateway-b2c". */
  readonly subject: string;
  /** Holds the metrics. */
  readonly namespace: string;
  /** The names of the metrics: `Calls` and `Failures` without. */
  readonly metrics?: { readonly calls: string; readonly failures: string };
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly availabilityPercent: number;
  readonly topicArn: pulumi.Input<string>;
}

const OURS = { calls: "Calls", failures: "Failures" };

/** Tells when so much fails that the objective of the month is at risk (Google, "Alerting on SLOs", SRE workbook). */
export function burnAlarms(name: string, args: BurnAlarmsArgs, opts: pulumi.CustomResourceOptions): void {
  const { subject, namespace, metrics = OURS, dimensions, availabilityPercent, topicArn } = args;
  for (const [kind, { hours, factor }] of Object.entries(BURN_RATES)) {
    const sum = (id: string, metricName: string) => ({
      id,
      metric: { namespace, metricName, dimensions, stat: "Sum", period: hours * 3_600 },
    });
    new aws.cloudwatch.MetricAlarm(
      `${name}-burns-${kind}`,
      {
        alarmDescription: `In ${hours} h ${subject} fail ${factor} times as often as ${availabilityPercent} % allow`,
        metricQueries: [
          { id: "percent", expression: "100 * failures / calls", label: "Failed calls in percent", returnData: true },
          sum("failures", metrics.failures),
          sum("calls", metrics.calls),
        ],
        comparisonOperator: "GreaterThanThreshold",
        threshold: round(factor * (100 - availabilityPercent)),
        evaluationPeriods: 1,
        alarmActions: [topicArn],
        okActions: [topicArn],
        treatMissingData: "notBreaching",
      },
      opts,
    );
  }
}

/** Without what binary fractions add. */
const round = (it: number): number => Math.round(it * 1_000) / 1_000;
