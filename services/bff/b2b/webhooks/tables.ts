import type { ClientBase } from "pg";
import { createEventTables } from "../../../libraries/events/postgres/tables.ts";
import { rowsOfOneTenant } from "../database/tenant-rows.ts";

const TENANT = "tenant_id text NOT NULL DEFAULT current_setting('partner_bff.tenant')";

const TABLES = `
CREATE TABLE IF NOT EXISTS partner_bff.webhook_endpoints (
  ${TENANT}, id text NOT NULL, partner_id text NOT NULL, url text NOT NULL, types text[] NOT NULL, secrets jsonb NOT NULL,
  disabled_because text, created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, id));
CREATE TABLE IF NOT EXISTS partner_bff.webhook_messages (
  ${TENANT}, endpoint_id text NOT NULL, id text NOT NULL, type text NOT NULL, body text,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')), attempts int NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(), created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, endpoint_id, id),
  FOREIGN KEY (tenant_id, endpoint_id) REFERENCES partner_bff.webhook_endpoints ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS webhook_messages_due ON partner_bff.webhook_messages (tenant_id, due_at) WHERE state = 'pending';
CREATE TABLE IF NOT EXISTS partner_bff.webhook_attempts (
  ${TENANT}, endpoint_id text NOT NULL, message_id text NOT NULL, number int NOT NULL, at timestamptz NOT NULL DEFAULT now(),
  outcome text NOT NULL, status int, duration_ms int NOT NULL,
  FOREIGN KEY (tenant_id, endpoint_id, message_id) REFERENCES partner_bff.webhook_messages ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS webhook_attempts_of ON partner_bff.webhook_attempts (tenant_id, endpoint_id, message_id);
CREATE TABLE IF NOT EXISTS partner_bff.webhook_sources (
  ${TENANT}, id text NOT NULL, partner_id text NOT NULL, secrets jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, id));
CREATE TABLE IF NOT EXISTS partner_bff.webhooks_received (
  ${TENANT}, source_id text NOT NULL, id text NOT NULL, digest bytea NOT NULL, at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, source_id, id),
  FOREIGN KEY (tenant_id, source_id) REFERENCES partner_bff.webhook_sources ON DELETE CASCADE);
`;

// A server that keeps agents' SQL from taking locks has taken this from everybody.
const LOCKS = "GRANT EXECUTE ON FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) TO partner_bff;";

const OF_WEBHOOKS = [
  "webhook_endpoints",
  "webhook_messages",
  "webhook_attempts",
  "webhook_sources",
  "webhooks_received",
];
const OF_EVENTS = ["subject", "outbox", "consumed", "latest", "archive", "delivery"];

/** Makes the tables of webhooks, and those of the events that they carry; after `preparePartnerDatabase`, by an administrator. */
export async function prepareWebhookDatabase(client: ClientBase): Promise<void> {
  await createEventTables(client);
  await client.query(
    TABLES + LOCKS + rowsOfOneTenant("partner_bff", OF_WEBHOOKS) + rowsOfOneTenant("events", OF_EVENTS, "tenant"),
  );
}
