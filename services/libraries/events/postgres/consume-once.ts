import type { Pool } from "pg";
import { type Consumed, contentDigest } from "../consumed.ts";
import { EventError } from "../event-error.ts";
import type { TenantEvent } from "../tenant-event.ts";
import { inTransaction, type Transaction } from "./transaction.ts";

/** Who consumes, and whether an event that a newer one of its subject has overtaken still matters. */
export interface ConsumerIdentity {
  readonly name: string;
  readonly order: "any" | "latest";
}

/**
 * Does `work` for an event once per consumer, in the transaction that remembers the event's id. A second delivery at the same
 * time waits for the first to end. Effects in `client` happen once; effects elsewhere must be safe to repeat. Throws an `EventError` where another event had the same id.
 */
export function consumeOnce(
  pool: Pool,
  consumer: ConsumerIdentity,
  event: TenantEvent,
  work: (event: TenantEvent, client: Transaction) => Promise<void>,
): Promise<Consumed> {
  const { name } = consumer;
  const digest = contentDigest(event);
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      "INSERT INTO events.consumed (tenant, consumer, source, id, digest) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
      [event.tenantid, name, event.source, event.id, digest],
    );
    if (rowCount === 0) return duplicate(client, name, event, digest);
    if (consumer.order === "latest" && !(await isLatest(client, name, event))) return "overtaken";
    await work(event, client);
    return "done";
  });
}

async function duplicate(client: Transaction, name: string, event: TenantEvent, digest: Buffer): Promise<Consumed> {
  const { rows } = await client.query<{ digest: Buffer }>(
    "SELECT digest FROM events.consumed WHERE tenant = $1 AND consumer = $2 AND source = $3 AND id = $4",
    [event.tenantid, name, event.source, event.id],
  );
  if (rows[0]?.digest.equals(digest) === true) return "duplicate";
  throw new EventError("ERR_EVENT_CONFLICT", "another event of this source has the same id", { field: "id" });
}

async function isLatest(client: Transaction, name: string, event: TenantEvent): Promise<boolean> {
  const { subject, sequence } = event;
  if (subject === undefined || sequence === undefined) return true;
  const { rowCount } = await client.query(
    `INSERT INTO events.latest AS known (tenant, consumer, source, subject, sequence) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (tenant, consumer, source, subject) DO UPDATE SET sequence = excluded.sequence
     WHERE known.sequence < excluded.sequence`,
    [event.tenantid, name, event.source, subject, sequence],
  );
  return rowCount === 1;
}
