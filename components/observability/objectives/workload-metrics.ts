import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BffScenario } from "../../../contracts/bff/hosts.ts";
import {
  BUSINESS_LOG_METRICS,
  IDENTITY_LOG_METRICS,
  LOG_METRICS,
  type LogMetric,
} from "../../../contracts/records/log-metrics.ts";

/**
 * Counts what agents and BFFs answer, in the log of their namespace: none of them may write metrics itself (CloudWatch Logs user guide,
 * "Creating metrics from log events using filters").
 */
export function workloadMetrics(
  name: string,
  { logGroupName }: { readonly logGroupName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [metric, counted] of Object.entries(LOG_METRICS)) filter(name, metric, { logGroupName, counted }, opts);
}

/** Counts what the business of a tenant asks for, in the same lines: of the BFFs that it has. */
export function businessMetrics(
  name: string,
  {
    logGroupName,
    scenarios,
  }: { readonly logGroupName: pulumi.Input<string>; readonly scenarios: readonly BffScenario[] },
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [metric, { scenario, ...counted }] of Object.entries(BUSINESS_LOG_METRICS)) {
    if (scenarios.includes(scenario)) filter(name, metric, { logGroupName, counted }, opts);
  }
}

/** Counts sign-ins and tokens of developers, in the log of Keycloak. */
export function identityMetrics(
  name: string,
  { logGroupName }: { readonly logGroupName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [metric, counted] of Object.entries<LogMetric>(IDENTITY_LOG_METRICS))
    filter(name, metric, { logGroupName, counted }, opts);
}

function filter(
  name: string,
  metric: string,
  { logGroupName, counted }: { readonly logGroupName: pulumi.Input<string>; readonly counted: LogMetric },
  opts: pulumi.CustomResourceOptions,
): void {
  const { pattern, dimensions, ...transformation } = counted;
  const by = Object.keys(dimensions).length === 0 ? {} : { dimensions };
  new aws.cloudwatch.LogMetricFilter(
    `${name}-${metric.toLowerCase()}`,
    { logGroupName, pattern, metricTransformation: { name: metric, ...transformation, ...by } },
    opts,
  );
}
