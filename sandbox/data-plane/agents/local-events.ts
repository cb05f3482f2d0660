import type pg from "pg";
import { AGENT_EVENTS, type HeardKind } from "../../../contracts/agents/choreography.ts";
import { agentSource, bffSource } from "../../../contracts/bff/events.ts";
import { type Choreography, startChoreography } from "../../../services/libraries/agent-process/choreography.ts";
import type { AgentDefinition } from "../../../services/libraries/agent-process/agent-definition.ts";
import type { AgentLog } from "../../../services/libraries/agent-host/executor.ts";
import { consumeOnce } from "../../../services/libraries/events/postgres/consume-once.ts";
import { PostgresBus, type Routes } from "../../../services/libraries/events/postgres/postgres-bus.ts";
import { PostgresQueue } from "../../../services/libraries/events/postgres/postgres-queue.ts";

/** The queue of what webhooks tell partners. */
export const WEBHOOKS_QUEUE = "partner-webhooks";

const queueOf = (agent: string): string => `agent-${agent}-hears`;

/** Who hears what on a laptop: as the rules of a tenant's bus say it in the cloud. */
const ROUTES: Routes = {
  [WEBHOOKS_QUEUE]: [bffSource("b2b"), ...Object.keys(AGENT_EVENTS).map(agentSource)].map((from): HeardKind => ({
    from,
  })),
  ...Object.fromEntries(Object.entries(AGENT_EVENTS).map(([name, { hears }]) => [queueOf(name), hears])),
};

/** A tenant's bus on a laptop, as one speaker sees it. */
export function localBus(pool: pg.Pool, tenant: string, source: string): PostgresBus {
  return new PostgresBus(pool, tenant, { source, routes: ROUTES });
}

/** What an agent's events stand on here. */
export interface LocalEventsOptions {
  readonly tenant: string;
  readonly pool: pg.Pool;
  /** By which the events of the tenant's BFFs are verified: SPKI in PEM. */
  readonly publicKeys: string;
  readonly log: AgentLog;
}

/** Lets an agent hear events, on PostgreSQL: what it says is on the bus with the transaction that remembers what it heard. */
export function startLocalEvents(definition: AgentDefinition, options: LocalEventsOptions): Choreography {
  const { tenant: tenantId, pool, publicKeys, log } = options;
  const { name } = definition.description;
  const bus = localBus(pool, tenantId, agentSource(name));
  return startChoreography(definition, {
    ...{ tenantId, log, publicKeys: [publicKeys] },
    stores: {
      queue: new PostgresQueue(pool, tenantId, { name: queueOf(name) }),
      hear: (event, said) =>
        consumeOnce(pool, { name, order: "any" }, event, (it, client) => bus.putIn(client, said(it))),
    },
  });
}
