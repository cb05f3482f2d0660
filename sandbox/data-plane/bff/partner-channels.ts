import { hkdfSync } from "node:crypto";
import type pg from "pg";
import { partnerContext } from "../../../services/bff/b2b/agents/partner-context.ts";
import { batchRoutes } from "../../../services/bff/b2b/batch/batch-routes.ts";
import { RowChecker } from "../../../services/bff/b2b/batch/checking/row-checker.ts";
import { agentProcessor } from "../../../services/bff/b2b/batch/jobs/agent-processor.ts";
import { PostgresJobStore } from "../../../services/bff/b2b/batch/jobs/postgres-job-store.ts";
import { runWorker } from "../../../services/bff/b2b/batch/jobs/worker.ts";
import type { PartnerStore } from "../../../services/bff/b2b/partners/partner-store.ts";
import type { PartnerServerParts } from "../../../services/bff/b2b/server.ts";
import { incomingRoutes } from "../../../services/bff/b2b/webhooks/incoming/incoming-routes.ts";
import { Sources } from "../../../services/bff/b2b/webhooks/incoming/sources.ts";
import { Endpoints } from "../../../services/bff/b2b/webhooks/outgoing/endpoints.ts";
import { Messages } from "../../../services/bff/b2b/webhooks/outgoing/messages.ts";
import { runSender } from "../../../services/bff/b2b/webhooks/outgoing/run-sender.ts";
import { webhookSender } from "../../../services/bff/b2b/webhooks/outgoing/send.ts";
import { tellPartners } from "../../../services/bff/b2b/webhooks/outgoing/tell-partners.ts";
import { SecretSeal } from "../../../services/bff/b2b/webhooks/signing/secrets.ts";
import { webhookRoutes } from "../../../services/bff/b2b/webhooks/webhook-routes.ts";
import { agentContextSigner } from "../../../services/bff/library/agent-context.ts";
import type { BffLog } from "../../../services/bff/library/bff-environment.ts";
import { AgentClient } from "../../../services/libraries/agent-client/agent-client.ts";
import { runConsumer } from "../../../services/libraries/events/consumer.ts";
import { eventSigner, eventVerifier } from "../../../services/libraries/events/event-signature.ts";
import { PostgresBus } from "../../../services/libraries/events/postgres/postgres-bus.ts";
import { PostgresQueue } from "../../../services/libraries/events/postgres/postgres-queue.ts";
import { runRelay } from "../../../services/libraries/events/relay.ts";
import type { LocalAgents } from "../agents/local-agents.ts";
import type { Stoppable } from "../cleanup.ts";

/** What the channels of a tenant's partners stand on. */
export interface PartnerChannelsOptions {
  readonly tenant: string;
  readonly pool: pg.Pool;
  readonly partners: PartnerStore;
  readonly secret: Buffer;
  readonly agents: LocalAgents;
  /** The machine as which agents are called. */
  readonly machine: string;
  readonly log: BffLog;
}

/** Webhooks and batches of a tenant's partners, and what works on them in the background until `stop`. */
export type PartnerChannels = Required<Pick<PartnerServerParts, "webhooks" | "incoming" | "batches">> & Stoppable;

/** The files that partners of every tenant here can send: lines of orders. */
const SCHEMAS = {
  "order-lines": {
    type: "object",
    required: ["sku", "quantity"],
    properties: { sku: { type: "string" }, quantity: { type: "integer", minimum: 1 }, reference: { type: "string" } },
    additionalProperties: false,
  },
};

const QUEUE = "partner-webhooks";

/** Starts them, on PostgreSQL: events go from the outbox over the bus to the webhooks of the partner whom they concern. */
export function startPartnerChannels(options: PartnerChannelsOptions): PartnerChannels {
  const { tenant: tenantId, pool, secret, agents, log } = options;
  const now = Date.now;
  const onFault = (error: unknown): void => log.error({ error }, "a channel of partners failed");
  const seal = new SecretSeal(Buffer.from(hkdfSync("sha256", secret, "", "webhook secrets", 32)));
  const [endpoints, sources, messages] = [new Endpoints(pool, seal), new Sources(pool, seal), new Messages(pool)];
  const signer = eventSigner(tenantId, agents.certify);
  const [store, checker] = [new PostgresJobStore(pool, signer), new RowChecker(SCHEMAS)];
  const { send, close } = webhookSender({ dangerouslyAllowedNetworks: ["127.0.0.0/8"] });
  const ending = new AbortController();
  const { signal } = ending;
  const running = [
    runRelay({ pool, tenantId, bus: new PostgresBus(pool, tenantId, { [QUEUE]: [""] }), onFault }, signal),
    runConsumer(
      {
        ...{ name: QUEUE, order: "any", pool, work: tellPartners },
        queue: new PostgresQueue(pool, tenantId, { name: QUEUE }),
        verify: eventVerifier({ tenantId, publicKeys: [agents.publicKeys] }),
        onOutcome: (outcome, error) => (error === undefined ? undefined : log.warn({ outcome, error }, "no webhook")),
      },
      signal,
    ),
    runSender({ messages, seal, send, onFault }, signal),
    runWorker({ tenantId, store, checker, process: processorOf(options), onFault }, signal),
  ];
  const stop = async (): Promise<void> => {
    ending.abort();
    await Promise.all(running);
    await close();
  };
  return {
    webhooks: webhookRoutes({ endpoints, messages, sources, rules: { dangerouslyAllowHttp: true }, now }),
    incoming: incomingRoutes({ pool, sources, signer, now }),
    batches: batchRoutes({ store, checker }),
    stop,
  };
}

function processorOf({ tenant: tenantId, partners, agents, machine }: PartnerChannelsOptions) {
  const url = agents.urls["integration-processor"];
  if (url === undefined) throw new TypeError(`${tenantId} has no agent that takes records`);
  return agentProcessor({
    agent: new AgentClient({ url: new URL(url), tenantId, machineToken: agents.tokensOf(machine) }),
    contextOf: partnerContext(agentContextSigner({ tenantId, scenario: "b2b", certify: agents.certify }), machine),
    customerOf: async (id) => (await partners.list()).find(({ account }) => account.id === id)?.account.customerId,
  });
}
