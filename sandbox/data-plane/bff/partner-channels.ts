import type pg from "pg";
import { bffSource } from "../../../contracts/bff/events.ts";
import type { OrderRules } from "../../../contracts/bff/order-rules.ts";
import { partnerContext } from "../../../services/bff/b2b/agents/partner-context.ts";
import { agentProcessor } from "../../../services/bff/b2b/batch/jobs/agent-processor.ts";
import { PostgresJobStore } from "../../../services/bff/b2b/batch/jobs/postgres-job-store.ts";
import {
  type ChannelStores,
  type PartnerChannels,
  startChannels,
  webhookSeal,
} from "../../../services/bff/b2b/channels/channels.ts";
import type { PartnerStore } from "../../../services/bff/b2b/partners/partner-store.ts";
import { PostgresInbox } from "../../../services/bff/b2b/webhooks/incoming/inbox.ts";
import { Sources } from "../../../services/bff/b2b/webhooks/incoming/sources.ts";
import { Endpoints } from "../../../services/bff/b2b/webhooks/outgoing/endpoints.ts";
import { Messages } from "../../../services/bff/b2b/webhooks/outgoing/messages.ts";
import { tellPartners } from "../../../services/bff/b2b/webhooks/outgoing/tell-partners.ts";
import type { SecretSeal } from "../../../services/bff/b2b/webhooks/signing/secrets.ts";
import { agentContextSigner } from "../../../services/bff/library/agent-context.ts";
import type { BffLog } from "../../../services/bff/library/bff-environment.ts";
import { AgentClient } from "../../../services/libraries/agent-client/agent-client.ts";
import { eventSigner, eventVerifier } from "../../../services/libraries/events/event-signature.ts";
import { consumeOnce } from "../../../services/libraries/events/postgres/consume-once.ts";
import { postgresOutbox } from "../../../services/libraries/events/postgres/outbox.ts";
import { PostgresQueue } from "../../../services/libraries/events/postgres/postgres-queue.ts";
import type { LocalAgents } from "../agents/local-agents.ts";
import { localBus, WEBHOOKS_QUEUE } from "../agents/local-events.ts";

/** What the channels of a tenant's partners stand on. */
export interface PartnerChannelsOptions {
  readonly tenant: string;
  readonly pool: pg.Pool;
  readonly partners: PartnerStore;
  readonly secret: Buffer;
  readonly agents: LocalAgents;
  readonly orderRules: OrderRules;
  /** The machine as which agents are called. */
  readonly machine: string;
  readonly log: BffLog;
}

/** Starts them, on PostgreSQL. */
export function startPartnerChannels(options: PartnerChannelsOptions): PartnerChannels {
  const { tenant: tenantId, secret, agents, log } = options;
  const seal = webhookSeal(secret);
  return startChannels({
    ...{ tenantId, seal, log },
    stores: storesOf(options, seal),
    verify: eventVerifier({ tenantId, publicKeys: [agents.publicKeys] }),
    process: processorOf(options),
    rules: { dangerouslyAllowHttp: true },
    orderRules: options.orderRules,
    sending: { dangerouslyAllowedNetworks: ["127.0.0.0/8"] },
  });
}

function storesOf({ tenant: tenantId, pool, agents }: PartnerChannelsOptions, seal: SecretSeal): ChannelStores {
  const signer = eventSigner(tenantId, agents.certify);
  return {
    endpoints: new Endpoints(pool, seal),
    sources: new Sources(pool, seal),
    messages: new Messages(pool),
    inbox: new PostgresInbox(pool, signer),
    outbox: postgresOutbox(pool, tenantId),
    bus: localBus(pool, tenantId, bffSource("b2b")),
    queue: new PostgresQueue(pool, tenantId, { name: WEBHOOKS_QUEUE }),
    tellPartners: (event) => consumeOnce(pool, { name: WEBHOOKS_QUEUE, order: "any" }, event, tellPartners),
    jobs: new PostgresJobStore(pool, signer),
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
