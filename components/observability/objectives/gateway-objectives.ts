import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { GATEWAY_METRICS } from "../../../contracts/records/metrics.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { DECISION_MS, OBJECTIVES } from "../../../environments/observability/objectives.ts";
import { burnAlarms } from "./burn-alarms.ts";

/** Whose gateway it is, and who hears when it does not keep its objective. */
export interface GatewayObjectivesArgs {
  readonly tenant: string;
  readonly scenario: Scenario;
  /** What 99 of 100 calls are answered within, by their servers. */
  readonly latencyMs: number;
  readonly topicArn: pulumi.Input<string>;
}

/** Tells when a gateway fails so often that its objective of the month is at risk, or when its own checks or its servers are slow (premise 7). */
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
  const { latencyMs } = args;
  const slow = [
    {
      kind: "latency",
      metricName: "GatewayMCPLatency",
      threshold: latencyMs,
      alarmDescription: `One in a hundred calls through ${name} waits for its server for more than ${latencyMs} ms`,
    },
    {
      kind: "decision",
      metricName: "AgentGatewayLatency",
      threshold: DECISION_MS,
      alarmDescription: `One in a hundred calls through ${name} is decided after more than ${DECISION_MS} ms`,
    },
  ];
  for (const { kind, ...of } of slow) latencyAlarm(`${name}-${kind}`, { ...args, ...of }, opts);
}

interface Slow {
  readonly metricName: string;
  readonly threshold: number;
  readonly alarmDescription: string;
}

function latencyAlarm(
  name: string,
  { tenant, scenario, topicArn, metricName, threshold, alarmDescription }: GatewayObjectivesArgs & Slow,
  opts: pulumi.CustomResourceOptions,
): void {
  new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription,
      namespace: GATEWAY_METRICS,
      metricName,
      dimensions: { tenant, scenario },
      extendedStatistic: "p99",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      alarmActions: [topicArn],
      okActions: [topicArn],
      treatMissingData: "notBreaching",
    },
    opts,
  );
}
