import { AlertTopic } from "../../components/observability/alert-topic.ts";
import { ChatChannel } from "../../components/observability/chat-channel.ts";
import { ContainerTelemetry } from "../../components/observability/container-telemetry.ts";
import { eventAlerts } from "../../components/observability/event-alerts.ts";
import { KEYCLOAK_SERVICE } from "../../contracts/identity/keycloak.ts";
import { CLOUDWATCH_AGENT } from "../../contracts/records/container-logs.ts";
import { TransactionSearch } from "../../components/observability/transaction-search.ts";
import { CHAT_ENDPOINTS } from "../../environments/observability/chat.ts";
import type * as pulumi from "@pulumi/pulumi";
import type { Feature } from "../feature.ts";
import type { RegionCluster } from "./cluster.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";

/** Where the alerts and the spans of the region go. */
export interface RegionObservability extends Feature {
  readonly alerts: AlertTopic;
  /** Name of the log group of Keycloak's pods. */
  readonly identityLog: pulumi.Output<string>;
}

/** Namespaces of the region in which pods run. */
const NAMESPACES = [CLOUDWATCH_AGENT.namespace, KEYCLOAK_SERVICE.namespace, "kube-system"];

/** Declares the topic of the region's alerts, the search in its spans, and what its containers report. */
export function regionObservability(
  context: RegionContext,
  { key: { dataKey }, cluster }: { readonly key: RegionKey; readonly cluster: RegionCluster },
): RegionObservability {
  const { address, place, opts } = context;
  const subscribers = address.environment.alerts;
  const alerts = new AlertTopic("alerts", { place, kmsKeyArn: dataKey.arn, subscribers }, opts);
  const chat = chatOf(context, alerts);
  const spans = new TransactionSearch("spans", { place }, opts);
  const containers = new ContainerTelemetry(
    "containers",
    { place, cluster, kmsKeyArn: dataKey.arn, namespaces: NAMESPACES },
    { ...opts, dependsOn: [cluster.eks, spans] },
  );
  return {
    alerts,
    identityLog: containers.logGroupOf(KEYCLOAK_SERVICE.namespace),
    resources: [alerts, ...chat, spans, containers, ...eventAlerts(alerts.arn, { provider: context.provider })],
  };
}

/** The channel that the environment names, where the residency has a region through which it can be told. */
function chatOf({ address, place, residency, opts }: RegionContext, { arn }: AlertTopic): readonly ChatChannel[] {
  const { environment, region } = address;
  const endpointRegion = CHAT_ENDPOINTS[residency];
  if (environment.slack === undefined || endpointRegion === undefined) return [];
  const configurationName = `alicerce-${environment.name}-${region}`;
  const told = { place, configurationName, channel: environment.slack, endpointRegion, topicArn: arn };
  return [new ChatChannel("chat", told, opts)];
}
