import type { OrderRules } from "../../../../contracts/bff/order-rules.ts";
import { hkdfSync } from "node:crypto";
import type { EventBus, EventQueue, Outbox } from "../../../libraries/events/bus.ts";
import { runConsumer } from "../../../libraries/events/consumer.ts";
import type { Consumed } from "../../../libraries/events/consumed.ts";
import type { EventVerifier } from "../../../libraries/events/event-signature.ts";
import { runRelay } from "../../../libraries/events/relay.ts";
import type { TenantEvent } from "../../../libraries/events/tenant-event.ts";
import type { BffLog } from "../../library/bff-environment.ts";
import { batchRoutes } from "../batch/batch-routes.ts";
import { RowChecker } from "../batch/checking/row-checker.ts";
import type { JobStore } from "../batch/jobs/job.ts";
import type { Processor } from "../batch/jobs/processor.ts";
import { runWorker } from "../batch/jobs/worker.ts";
import { batchSchemas } from "../batch/schemas.ts";
import type { PartnerServerParts } from "../server.ts";
import type { Inbox } from "../webhooks/incoming/inbox.ts";
import { incomingRoutes } from "../webhooks/incoming/incoming-routes.ts";
import type { SourceStore } from "../webhooks/incoming/sources.ts";
import type { EndpointStore } from "../webhooks/outgoing/endpoints.ts";
import type { MessageStore } from "../webhooks/outgoing/messages.ts";
import { runSender } from "../webhooks/outgoing/run-sender.ts";
import { type SendOptions, webhookSender } from "../webhooks/outgoing/send.ts";
import type { TargetRules } from "../webhooks/outgoing/target.ts";
import { SecretSeal } from "../webhooks/signing/secrets.ts";
import { webhookRoutes } from "../webhooks/webhook-routes.ts";

/** Where the channels keep what they know, and what carries their events. */
export interface ChannelStores {
  readonly endpoints: EndpointStore;
  readonly sources: SourceStore;
  readonly messages: MessageStore;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly bus: EventBus;
  readonly queue: EventQueue;
  /** Writes the messages to partners' endpoints for an event, once. */
  readonly tellPartners: (event: TenantEvent) => Promise<Consumed>;
  readonly jobs: JobStore;
}

/** What the channels of one tenant's partners stand on. */
export interface ChannelsOptions {
  readonly tenantId: string;
  readonly stores: ChannelStores;
  readonly seal: SecretSeal;
  readonly verify: EventVerifier;
  readonly process: Processor;
  readonly rules: TargetRules;
  /** What the tenant takes of lines of orders. */
  readonly orderRules: OrderRules;
  readonly sending?: SendOptions;
  /** How long is waited where nothing is to be done, in milliseconds. */
  readonly idleMs?: number;
  readonly log: BffLog;
}

/** Webhooks and batches of a tenant's partners, and what works on them in the background until `stop`. */
export interface PartnerChannels extends Required<Pick<PartnerServerParts, "webhooks" | "incoming" | "batches">> {
  stop(): Promise<void>;
}

/** What secrets of webhooks are sealed by, from the secret of the tenant's BFF. */
export function webhookSeal(secret: Buffer): SecretSeal {
  return new SecretSeal(Buffer.from(hkdfSync("sha256", secret, "", "webhook secrets", 32)));
}

/** Starts them: events go from the outbox over the bus to the webhooks of the partner whom they concern. */
export function startChannels(options: ChannelsOptions): PartnerChannels {
  const { endpoints, sources, messages, inbox, jobs: store } = options.stores;
  const now = Date.now;
  const checker = new RowChecker(batchSchemas(options.orderRules));
  const stop = inBackground(options, checker);
  return {
    webhooks: webhookRoutes({ endpoints, messages, sources, rules: options.rules, now }),
    incoming: incomingRoutes({ inbox, sources, now }),
    batches: batchRoutes({ store, checker }),
    stop,
  };
}

function inBackground(options: ChannelsOptions, checker: RowChecker): () => Promise<void> {
  const { tenantId, stores, seal, verify, process, sending, idleMs, log } = options;
  const { messages, outbox, bus, queue, tellPartners: consume, jobs: store } = stores;
  const onFault = (error: unknown): void => log.error({ error }, "a channel of partners failed");
  const onOutcome = (outcome: string, error?: unknown): void => {
    if (error !== undefined) log.warn({ outcome, error }, "no webhook");
  };
  const { send, close } = webhookSender(sending);
  const ending = new AbortController();
  const { signal } = ending;
  const idle = idleMs === undefined ? {} : { idleMs };
  const running = [
    runRelay({ outbox, bus, onFault, ...idle }, signal),
    runConsumer({ queue, verify, consume, onOutcome }, signal),
    runSender({ messages, seal, send, onFault, ...idle }, signal),
    runWorker({ tenantId, store, checker, process, onFault, ...idle }, signal),
  ];
  return async () => {
    ending.abort();
    await Promise.all(running);
    await close();
  };
}
