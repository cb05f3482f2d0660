import * as aws from "@pulumi/aws";
import { bffHost } from "../../contracts/bff/hosts.ts";
import { keycloakHosts } from "../../contracts/identity/keycloak.ts";
import { RESIDENCIES } from "../../environments/residency.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionEdge } from "./edge.ts";
import type { RegionObservability } from "./observability.ts";

/** What the names lead to, and who is told when it is gone. */
export interface NamesUpstream {
  readonly edge: RegionEdge;
  readonly observability: RegionObservability;
}

/**
 * Declares the region's names. That of Keycloak is the issuer of its tokens, so it never leads to another region; that of the BFFs leads to
 * the primary region of the residency, or to the standby while no pod of the primary's Keycloak answers.
 */
export function regionNames(context: RegionContext, upstream: NamesUpstream): Feature {
  const { address, residency, zoneId, provider } = context;
  const { region, environment } = address;
  const { dnsName, zoneId: balancerZone } = upstream.edge.balancer.balancer;
  const aliases = [{ name: dnsName, zoneId: balancerZone, evaluateTargetHealth: true }];
  const identity = new aws.route53.Record(
    "identity",
    { zoneId, name: keycloakHosts(region, environment.domain).issuer, type: "A", aliases },
    { provider },
  );
  const isPrimary = RESIDENCIES[residency][0] === region;
  const bff = new aws.route53.Record(
    "bff",
    {
      zoneId,
      name: bffHost(residency, environment.domain),
      type: "A",
      aliases,
      setIdentifier: region,
      failoverRoutingPolicies: [{ type: isPrimary ? "PRIMARY" : "SECONDARY" }],
      healthCheckId: healthCheck(context, upstream).id,
    },
    { provider },
  );
  return { resources: [identity, bff] };
}

/** Follows an alarm and asks nothing from outside: whether the checkers of Amazon Route 53 speak TLS 1.3 is not documented. */
function healthCheck({ address, provider }: RegionContext, upstream: NamesUpstream): aws.route53.HealthCheck {
  const { edge, observability } = upstream;
  const alarm = new aws.cloudwatch.MetricAlarm(
    "identity-answers",
    {
      alarmDescription: "No pod of Keycloak answers",
      namespace: "AWS/ApplicationELB",
      metricName: "HealthyHostCount",
      dimensions: {
        LoadBalancer: edge.balancer.balancer.arnSuffix,
        TargetGroup: edge.identity.group.arnSuffix,
      },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 3,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      alarmActions: [observability.alerts.arn],
    },
    { provider },
  );
  return new aws.route53.HealthCheck(
    "identity",
    {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.name,
      cloudwatchAlarmRegion: address.region,
      insufficientDataHealthStatus: "Unhealthy",
    },
    { provider },
  );
}
