import * as aws from "@pulumi/aws";
import { CANARY_METRICS } from "../../contracts/records/metrics.ts";
import { hasCanaries } from "../../environments/address.ts";
import type { RegionContext } from "./context.ts";
import type { RegionEdge } from "./edge.ts";
import type { RegionObservability } from "./observability.ts";

/** What must answer, and who is told when it does not. */
export interface HealthUpstream {
  readonly edge: RegionEdge;
  readonly observability: RegionObservability;
}

/** When a region is not healthy: three minutes, which Amazon Route 53 counts itself, from the metric of an alarm without "M out of N". */
const RINGS = {
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 3,
  comparisonOperator: "LessThanThreshold",
  threshold: 1,
  treatMissingData: "breaching",
} as const;

/**
 * Declares whether the region is healthy: a pod of Keycloak answers, and a gateway of a tenant answers its canary, where the region has any. Each
 * follows an alarm and asks nothing from outside: whether the checkers of Amazon Route 53 speak TLS 1.3 is not documented.
 */
export function regionHealth(context: RegionContext, { edge, observability }: HealthUpstream): aws.route53.HealthCheck {
  const { address, provider } = context;
  const alarmActions = [observability.alerts.arn];
  const identity = new aws.cloudwatch.MetricAlarm(
    "identity-answers",
    {
      ...RINGS,
      alarmDescription: "No pod of Keycloak answers",
      namespace: "AWS/ApplicationELB",
      metricName: "HealthyHostCount",
      dimensions: {
        LoadBalancer: edge.balancer.balancer.arnSuffix,
        TargetGroup: edge.identity.group.arnSuffix,
      },
      alarmActions,
    },
    { provider },
  );
  const answers = followed("identity", identity, context);
  if (!hasCanaries(address.environment, address.region)) return answers;
  const gateways = new aws.cloudwatch.MetricAlarm(
    "gateways-answer",
    {
      ...RINGS,
      alarmDescription: "No gateway of any tenant answers its canary",
      namespace: CANARY_METRICS,
      metricName: "Answered",
      dimensions: { environment: address.environment.name },
      alarmActions,
    },
    { provider },
  );
  const children = [answers, followed("gateways", gateways, context)];
  return new aws.route53.HealthCheck(
    "region",
    { type: "CALCULATED", childHealthchecks: children.map((it) => it.id), childHealthThreshold: children.length },
    { provider },
  );
}

function followed(
  name: string,
  alarm: aws.cloudwatch.MetricAlarm,
  { address, provider }: RegionContext,
): aws.route53.HealthCheck {
  return new aws.route53.HealthCheck(
    name,
    {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.name,
      cloudwatchAlarmRegion: address.region,
      insufficientDataHealthStatus: "Unhealthy",
    },
    { provider },
  );
}
