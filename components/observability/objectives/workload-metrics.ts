import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { LOG_METRICS } from "../../../contracts/records/log-metrics.ts";

/**
 * Counts what agents and BFFs answer, in the log of their namespace: none of them may write metrics itself (CloudWatch Logs user guide,
 * "Creating metrics from log events using filters").
 */
export function workloadMetrics(
  name: string,
  { logGroupName }: { readonly logGroupName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [metric, { pattern, ...transformation }] of Object.entries(LOG_METRICS)) {
    new aws.cloudwatch.LogMetricFilter(
      `${name}-${metric.toLowerCase()}`,
      { logGroupName, pattern, metricTransformation: { name: metric, ...transformation } },
      opts,
    );
  }
}
