import type { Transaction } from "./transaction.ts";

const TABLES = `
CREATE SCHEMA IF NOT EXISTS events;
CREATE TABLE IF NOT EXISTS events.subject (
  tenant text NOT NULL, source text NOT NULL, subject text NOT NULL, last bigint NOT NULL,
  PRIMARY KEY (tenant, source, subject));
CREATE TABLE IF NOT EXISTS events.outbox (
  tenant text NOT NULL, source text NOT NULL, id text NOT NULL, event text NOT NULL,
  due_at timestamptz NOT NULL DEFAULT now(), attempts int NOT NULL DEFAULT 0, last_fault text,
  PRIMARY KEY (tenant, source, id));
CREATE INDEX IF NOT EXISTS outbox_due ON events.outbox (tenant, due_at);
CREATE TABLE IF NOT EXISTS events.consumed (
  tenant text NOT NULL, consumer text NOT NULL, source text NOT NULL, id text NOT NULL, digest bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant, consumer, source, id));
CREATE INDEX IF NOT EXISTS consumed_at ON events.consumed (tenant, at);
CREATE TABLE IF NOT EXISTS events.latest (
  tenant text NOT NULL, consumer text NOT NULL, source text NOT NULL, subject text NOT NULL, sequence text NOT NULL,
  PRIMARY KEY (tenant, consumer, source, subject));
CREATE TABLE IF NOT EXISTS events.archive (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant text NOT NULL, type text NOT NULL, event text NOT NULL,
  at timestamptz NOT NULL DEFAULT now());
CREATE INDEX IF NOT EXISTS archive_at ON events.archive (tenant, at);
CREATE TABLE IF NOT EXISTS events.delivery (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant text NOT NULL, queue text NOT NULL, event text NOT NULL,
  attempts int NOT NULL DEFAULT 0, visible_at timestamptz NOT NULL DEFAULT now(), receipt uuid, dead_because text);
ALTER TABLE events.archive ADD COLUMN IF NOT EXISTS teller text NOT NULL DEFAULT '';
ALTER TABLE events.delivery ADD COLUMN IF NOT EXISTS teller text NOT NULL DEFAULT '';
CREATE INDEX IF NOT EXISTS delivery_visible ON events.delivery (tenant, queue, visible_at) WHERE dead_because IS NULL;
`;

/** Makes the tables of events where they are missing; whoever runs it at the same time waits. */
export async function createEventTables(client: Transaction): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('events tables'))");
    await client.query(TABLES);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** How long ids of consumed events are remembered: longer than events are accepted, so that none is forgotten while it could come again. */
const REMEMBERED = "30 days";
const ARCHIVED = "14 days";

/** Forgets of a tenant what is no longer needed. */
export async function forgetOldEvents(client: Transaction, tenantId: string): Promise<void> {
  await client.query(`DELETE FROM events.consumed WHERE tenant = $1 AND at < now() - interval '${REMEMBERED}'`, [
    tenantId,
  ]);
  await client.query(`DELETE FROM events.archive WHERE tenant = $1 AND at < now() - interval '${ARCHIVED}'`, [
    tenantId,
  ]);
}
