import { consumeOnce } from "../../../../../services/libraries/events/dynamo/consume-once.ts";
import { DynamoOutbox } from "../../../../../services/libraries/events/dynamo/dynamo-outbox.ts";
import type { EventSigner } from "../../../../../services/libraries/events/event-signature.ts";
import { inTransaction } from "../../../../../services/libraries/events/postgres/transaction.ts";
import type { TenantEvent } from "../../../../../services/libraries/events/tenant-event.ts";
import { KeyedItems } from "../../../../../services/libraries/keyed-items/keyed-items.ts";
import { DynamoEndpoints } from "../../../../../services/bff/b2b/webhooks/dynamo/dynamo-endpoints.ts";
import { DynamoInbox } from "../../../../../services/bff/b2b/webhooks/dynamo/dynamo-inbox.ts";
import { DynamoMessages } from "../../../../../services/bff/b2b/webhooks/dynamo/dynamo-messages.ts";
import { DynamoSources } from "../../../../../services/bff/b2b/webhooks/dynamo/dynamo-sources.ts";
import { tellPartnersIn } from "../../../../../services/bff/b2b/webhooks/dynamo/tell-partners.ts";
import { type Inbox, PostgresInbox } from "../../../../../services/bff/b2b/webhooks/incoming/inbox.ts";
import { Sources, type SourceStore } from "../../../../../services/bff/b2b/webhooks/incoming/sources.ts";
import { Endpoints, type EndpointStore } from "../../../../../services/bff/b2b/webhooks/outgoing/endpoints.ts";
import { Messages, type MessageStore } from "../../../../../services/bff/b2b/webhooks/outgoing/messages.ts";
import { tellPartners } from "../../../../../services/bff/b2b/webhooks/outgoing/tell-partners.ts";
import type { SecretSeal } from "../../../../../services/bff/b2b/webhooks/signing/secrets.ts";
import type { keyedTables } from "../../../../support/tables/keyed-tables.ts";
import type { TenantFixture } from "../partner-fixture.ts";

/** What webhooks of one tenant are kept in, and what a test looks at beside that. */
export interface WebhookStores {
  readonly endpoints: EndpointStore;
  readonly sources: SourceStore;
  readonly messages: MessageStore;
  readonly inbox: Inbox;
  /** What the consumer of events does with one. */
  readonly tellOf: (event: TenantEvent) => Promise<unknown>;
  /** Lets time pass until everything is due. */
  readonly makeDue: () => Promise<void>;
  /** All that is kept, as text. */
  readonly kept: () => Promise<string>;
  /** The events that wait for the bus, by their ids. */
  readonly events: () => Promise<readonly object[]>;
  readonly clear: () => Promise<void>;
}

interface Of {
  readonly tenant: TenantFixture;
  readonly seal: SecretSeal;
  readonly signer: EventSigner;
}

/** Webhooks in PostgreSQL; the administrator's pool empties tables of all tenants. */
export function postgresStores({ tenant: { pool }, seal, signer }: Of, clear: () => Promise<void>): WebhookStores {
  return {
    endpoints: new Endpoints(pool, seal),
    sources: new Sources(pool, seal),
    messages: new Messages(pool),
    inbox: new PostgresInbox(pool, signer),
    tellOf: (event) => inTransaction(pool, (client) => tellPartners(event, client)),
    makeDue: async () => {
      await pool.query("UPDATE partner_bff.webhook_messages SET due_at = now()");
    },
    kept: async () => {
      const tables = ["webhook_messages", "webhook_endpoints", "webhook_sources"];
      const all = await Promise.all(tables.map((it) => pool.query<object>(`SELECT * FROM partner_bff.${it}`)));
      return JSON.stringify(all.map(({ rows }) => rows));
    },
    events: async () => {
      const { rows } = await pool.query<{ event: string }>("SELECT event FROM events.outbox ORDER BY id");
      return rows.map(({ event }) => JSON.parse(event) as object);
    },
    clear,
  };
}

const DAYS_MS = 2 * 86_400_000;

/** Webhooks in DynamoDB, in a table of the tenant. */
export function dynamoStores(
  { seal, signer }: Of,
  { client, itemsOf, empty }: Awaited<ReturnType<typeof keyedTables>>,
  table: string,
): WebhookStores {
  const items = new KeyedItems(client, table);
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const endpoints = new DynamoEndpoints(items, seal);
  const tellWrites = tellPartnersIn(items, endpoints, now);
  return {
    endpoints,
    sources: new DynamoSources(items, seal),
    messages: new DynamoMessages(items, now),
    inbox: new DynamoInbox(items, new DynamoOutbox(items), signer),
    tellOf: (event) => consumeOnce(items, "partner-webhooks", event, tellWrites),
    makeDue: () => Promise.resolve(void (ahead += DAYS_MS)),
    kept: async () => JSON.stringify(await itemsOf(table)),
    events: async () => {
      const waiting = (await itemsOf(table)).filter((it) => it["key"]?.["S"] === "outbox");
      const events = waiting.map((it) => JSON.parse(String(it["event"]?.["S"])) as { readonly id: string });
      return events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
    clear: () => empty(table),
  };
}
