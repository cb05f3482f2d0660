import type { Pool } from "pg";
import type { EventBus, Outbox } from "../bus.ts";
import type { EventSigner } from "../event-signature.ts";
import { type EventDraft, parseEvent, type TenantEvent } from "../tenant-event.ts";
import { forgetOldEvents } from "./tables.ts";
import { inTransaction, type Transaction } from "./transaction.ts";

const BATCH = 10;

/**
 * Writes an event in the transaction of what it tells about, so that both happen or neither. Events of one subject get
 * numbers in the order in which their transactions commit.
 */
export async function writeEvent(client: Transaction, signer: EventSigner, draft: EventDraft): Promise<TenantEvent> {
  const { tenantId } = signer;
  const sequence =
    draft.subject === undefined ? undefined : await nextOf(client, tenantId, draft.source, draft.subject);
  const event = await signer.sign(draft, sequence);
  await client.query("INSERT INTO events.outbox (tenant, source, id, event) VALUES ($1, $2, $3, $4)", [
    tenantId,
    event.source,
    event.id,
    JSON.stringify(event),
  ]);
  return event;
}

/** The row stays locked until the transaction ends. */
async function nextOf(client: Transaction, tenant: string, source: string, subject: string): Promise<bigint> {
  const { rows } = await client.query<{ last: string }>(
    `INSERT INTO events.subject (tenant, source, subject, last) VALUES ($1, $2, $3, 1)
     ON CONFLICT (tenant, source, subject) DO UPDATE SET last = events.subject.last + 1 RETURNING last`,
    [tenant, source, subject],
  );
  return BigInt(rows[0]?.last ?? 0);
}

/** The outbox of one tenant in PostgreSQL. */
export function postgresOutbox(pool: Pool, tenantId: string): Outbox {
  return {
    relay: (bus) => relayEvents(pool, tenantId, bus),
    forget: () => forgetOldEvents(pool, tenantId),
  };
}

interface OutboxRow {
  readonly source: string;
  readonly id: string;
  readonly event: string;
}

/**
 * Puts up to ten events of a tenant's outbox on its bus; answers how many were taken up. What is put is removed only afterwards, so
 * that an end in between makes the bus deliver twice and never not at all.
 */
export function relayEvents(pool: Pool, tenantId: string, bus: EventBus): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<OutboxRow>(
      `SELECT source, id, event FROM events.outbox WHERE tenant = $1 AND due_at <= now()
       ORDER BY due_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [tenantId],
    );
    if (rows.length === 0) return 0;
    const failures = await putAll(bus, rows);
    for (const { source, id } of rows) {
      const reason = failures.get(`${source} ${id}`);
      if (reason === undefined)
        await client.query("DELETE FROM events.outbox WHERE tenant = $1 AND source = $2 AND id = $3", [
          tenantId,
          source,
          id,
        ]);
      else await postpone(client, tenantId, { source, id, reason });
    }
    return rows.length;
  });
}

async function putAll(bus: EventBus, rows: readonly OutboxRow[]): Promise<ReadonlyMap<string, string>> {
  const nameOf = (it: { readonly source: string; readonly id: string }) => `${it.source} ${it.id}`;
  try {
    const failures = await bus.put(rows.map(({ event }) => parseEvent(event)));
    return new Map(failures.map(({ event, reason }) => [nameOf(event), reason]));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new Map(rows.map((it) => [nameOf(it), reason]));
  }
}

/** Twice as long each time, at most five minutes. */
async function postpone(
  client: Transaction,
  tenant: string,
  { source, id, reason }: { readonly source: string; readonly id: string; readonly reason: string },
): Promise<void> {
  await client.query(
    `UPDATE events.outbox SET attempts = attempts + 1, last_fault = $4,
     due_at = now() + least(300, 0.5 * 2 ^ least(attempts, 12)) * (0.5 + random() / 2) * interval '1 second'
     WHERE tenant = $1 AND source = $2 AND id = $3`,
    [tenant, source, id, reason.slice(0, 500)],
  );
}
