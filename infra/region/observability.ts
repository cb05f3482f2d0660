import { AlertTopic } from "../../components/observability/alert-topic.ts";
import { ContainerTelemetry } from "../../components/observability/container-telemetry.ts";
import { KEYCLOAK_SERVICE } from "../../contracts/identity/keycloak.ts";
import { CLOUDWATCH_AGENT } from "../../contracts/records/container-logs.ts";
import { TransactionSearch } from "../../components/observability/transaction-search.ts";
import type { Feature } from "../feature.ts";
import type { RegionCluster } from "./cluster.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";

/** Where the alerts and the spans of the region go. */
export interface RegionObservability extends Feature {
  readonly alerts: AlertTopic;
}

/** Namespaces of the region in which pods run. */
const NAMESPACES = [CLOUDWATCH_AGENT.namespace, KEYCLOAK_SERVICE.namespace, "kube-system"];

/** Declares the topic of the region's alerts, the search in its spans, and what its containers report. */
export function regionObservability(
  { address, place, opts }: RegionContext,
  { key: { dataKey }, cluster }: { readonly key: RegionKey; readonly cluster: RegionCluster },
): RegionObservability {
  const subscribers = address.environment.alerts;
  const alerts = new AlertTopic("alerts", { place, kmsKeyArn: dataKey.arn, subscribers }, opts);
  const spans = new TransactionSearch("spans", { place }, opts);
  const containers = new ContainerTelemetry(
    "containers",
    { place, cluster, kmsKeyArn: dataKey.arn, namespaces: NAMESPACES },
    { ...opts, dependsOn: [cluster.eks, spans] },
  );
  return { alerts, resources: [alerts, spans, containers] };
}
