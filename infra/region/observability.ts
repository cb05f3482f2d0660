import { AlertTopic } from "../../components/observability/alert-topic.ts";
import { TransactionSearch } from "../../components/observability/transaction-search.ts";
import type { Feature } from "../feature.ts";
import type { RegionContext } from "./context.ts";
import type { RegionKey } from "./key.ts";

/** Where the alerts and the spans of the region go. */
export interface RegionObservability extends Feature {
  readonly alerts: AlertTopic;
}

/** Declares the topic of the region's alerts, and the search in its spans. */
export function regionObservability(
  { address, place, opts }: RegionContext,
  { dataKey }: RegionKey,
): RegionObservability {
  const subscribers = address.environment.alerts;
  const alerts = new AlertTopic("alerts", { place, kmsKeyArn: dataKey.arn, subscribers }, opts);
  const spans = new TransactionSearch("spans", { place }, opts);
  return { alerts, resources: [alerts, spans] };
}
