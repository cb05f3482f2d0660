import { burnAlarms } from "../../../components/observability/objectives/burn-alarms.ts";
import { databaseObjectives } from "../../../components/observability/objectives/database-objectives.ts";
import { identityMetrics } from "../../../components/observability/objectives/workload-metrics.ts";
import { developerSignInAlarm } from "../../../components/observability/sign-in-alarms.ts";
import { IDENTITY_OBJECTIVE } from "../../../environments/observability/objectives.ts";
import type { RegionContext } from "../context.ts";
import type { RegionEdge } from "../edge.ts";
import type { RegionKeycloak } from "./keycloak.ts";
import type { RegionObservability } from "../observability.ts";

/** What serves developers' sign-ins, and who hears when it does not. */
export interface IdentityObjectivesUpstream {
  readonly edge: RegionEdge;
  readonly keycloak: RegionKeycloak;
  readonly observability: RegionObservability;
}

/**
 * Declares who hears that Keycloak fails more often than promised, as the load balancer sees it, that its database is slow or full, or that
 * sign-ins fail; counts sign-ins and tokens.
 */
export function identityObjectives({ provider }: RegionContext, upstream: IdentityObjectivesUpstream): void {
  const { edge, keycloak, observability } = upstream;
  const topicArn = observability.alerts.arn;
  burnAlarms(
    "identity",
    {
      subject: "requests to Keycloak",
      namespace: "AWS/ApplicationELB",
      metrics: { calls: "RequestCount", failures: "HTTPCode_Target_5XX_Count" },
      dimensions: {
        LoadBalancer: edge.balancer.balancer.arnSuffix,
        TargetGroup: edge.identity.group.arnSuffix,
      },
      ...IDENTITY_OBJECTIVE,
      topicArn,
    },
    { provider },
  );
  identityMetrics("identity", { logGroupName: observability.identityLog }, { provider });
  developerSignInAlarm("identity-sign-ins-failing", { topicArn }, { provider });
  databaseObjectives("keycloak", { clusterIdentifier: keycloak.databaseIdentifier, topicArn }, { provider });
}
