import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { GATEWAY_METRICS } from "../../../contracts/records/metrics.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { OBJECTIVES } from "../../../environments/observability/objectives.ts";
import { burnAlarms } from "./burn-alarms.ts";

/** Whose gateway it is, and who hears when it does not keep its objective. */
export interface GatewayObjectivesArgs {
  readonly tenant: string;
  readonly scenario: Scenario;
  /** What 99 of 100 calls are answered within, by their servers. */
  readonly latencyMs: number;
  readonly topicArn: pulumi.Input<string>;
}

/** Tells when a gateway fails so often that its objective of the month is at risk, or when its servers are slow (premise 7). */
export function gatewayObjectives(name: string, args: GatewayObjectivesArgs, opts: pulumi.CustomResourceOptions): void {
  const { tenant, scenario, topicArn } = args;
  const { availabilityPercent } = OBJECTIVES[scenario];
  burnAlarms(
    name,
    {
      ...{ availabilityPercent, topicArn },
      subject: `calls through ${name}`,
      namespace: GATEWAY_METRICS,
      dimensions: { tenant, scenario },
    },
    opts,
  );
  latencyAlarm(name, args, opts);
}

function latencyAlarm(
  name: string,
  { tenant, scenario, latencyMs, topicArn }: GatewayObjectivesArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  new aws.cloudwatch.MetricAlarm(
    `${name}-latency`,
    {
      alarmDescription: `One in a hundred calls through ${name} waits for its server for more than ${latencyMs} ms`,
      namespace: GATEWAY_METRICS,
      metricName: "GatewayMCPLatency",
      dimensions: { tenant, scenario },
      extendedStatistic: "p99",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: latencyMs,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      alarmActions: [topicArn],
      okActions: [topicArn],
      treatMissingData: "notBreaching",
    },
    opts,
  );
}
