import type { Pool } from "pg";
import { inTransaction, type Transaction } from "../../../../libraries/events/postgres/transaction.ts";

/** A message that is to be sent now. */
export interface DueMessage {
  readonly endpointId: string;
  readonly id: string;
  readonly url: string;
  readonly body: string;
  readonly secrets: unknown;
  /** Number of this attempt, 1 for the first. */
  readonly attempt: number;
}

/** What one attempt came to. */
export interface Attempt {
  readonly outcome: string;
  readonly status?: number;
  readonly durationMs: number;
}

/** What follows from an attempt. */
export type Next =
  { readonly state: "delivered" | "dead" | "gone" } | { readonly state: "pending"; readonly pauseMs: number };

/** A message as the log of deliveries shows it: never its body. */
export interface LoggedMessage {
  readonly id: string;
  readonly type: string;
  readonly state: "pending" | "delivered" | "dead";
  readonly attempts: readonly (Attempt & { readonly at: string })[];
}

/** Where what is to be sent is kept, and what became of it. */
export type MessageStore = Pick<Messages, keyof Messages>;

/** While a message is being sent nobody else sends it, for this long. */
export const LEASE_SECONDS = 60;
/** Most messages that are taken together. */
export const AT_ONCE = 10;
/** Most of them that go to one endpoint. */
export const OF_ONE_ENDPOINT = 2;

/** What is to be sent to the endpoints of one tenant, and what became of it, in PostgreSQL. */
export class Messages {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** Up to ten messages that are due, two of one endpoint, so that a slow one does not hold up the others. */
  async take(): Promise<readonly DueMessage[]> {
    const { rows } = await this.pool.query<DueMessage>(
      `WITH due AS (
         SELECT endpoint_id, id, row_number() OVER (PARTITION BY endpoint_id ORDER BY due_at, id) AS place
         FROM partner_bff.webhook_messages WHERE state = 'pending' AND due_at <= now() AND endpoint_id IN
           (SELECT id FROM partner_bff.webhook_endpoints WHERE disabled_because IS NULL)),
       mine AS (
         SELECT endpoint_id, id FROM partner_bff.webhook_messages JOIN due USING (endpoint_id, id)
         WHERE place <= ${OF_ONE_ENDPOINT} AND state = 'pending' AND due_at <= now() LIMIT ${AT_ONCE}
         FOR UPDATE OF webhook_messages SKIP LOCKED)
       UPDATE partner_bff.webhook_messages m SET attempts = attempts + 1, due_at = now() + interval '${LEASE_SECONDS} seconds'
       FROM mine JOIN partner_bff.webhook_endpoints e ON e.id = mine.endpoint_id
       WHERE m.endpoint_id = mine.endpoint_id AND m.id = mine.id
       RETURNING m.endpoint_id AS "endpointId", m.id, e.url, m.body, e.secrets, m.attempts AS attempt`,
    );
    return rows;
  }

  /** Notes an attempt and what follows from it; a body that is no longer needed is removed. */
  async note(
    { endpointId, id, attempt }: DueMessage,
    { outcome, status, durationMs }: Attempt,
    next: Next,
  ): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      const pauseMs = next.state === "pending" ? next.pauseMs : 0;
      const state = next.state === "gone" ? "dead" : next.state;
      const { rowCount } = await client.query(
        `UPDATE partner_bff.webhook_messages SET state = $3, due_at = now() + $4 * interval '1 millisecond',
         body = CASE WHEN $3 = 'delivered' THEN NULL ELSE body END WHERE endpoint_id = $1 AND id = $2`,
        [endpointId, id, state, pauseMs],
      );
      // The partner removed the endpoint meanwhile.
      if (rowCount === 0) return;
      await client.query(
        `INSERT INTO partner_bff.webhook_attempts (endpoint_id, message_id, number, outcome, status, duration_ms)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [endpointId, id, attempt, outcome, status ?? null, Math.round(durationMs)],
      );
      if (next.state === "gone") await disable(client, endpointId);
    });
  }

  /** The newest messages of an endpoint with their attempts, of all states or of one. */
  async log(
    endpointId: string,
    state: LoggedMessage["state"] | null,
    limit: number,
  ): Promise<readonly LoggedMessage[]> {
    const { rows } = await this.pool.query<LoggedMessage>(
      `SELECT m.id, m.type, m.state, coalesce((SELECT json_agg(json_build_object('at', a.at, 'outcome', a.outcome, 'status', a.status,
         'durationMs', a.duration_ms) ORDER BY a.at) FROM partner_bff.webhook_attempts a
         WHERE a.endpoint_id = m.endpoint_id AND a.message_id = m.id), '[]') AS attempts
       FROM partner_bff.webhook_messages m WHERE m.endpoint_id = $1 AND ($2::text IS NULL OR m.state = $2)
       ORDER BY m.created_at DESC, m.id LIMIT $3`,
      [endpointId, state, limit],
    );
    return rows;
  }

  /** Lets dead messages be sent again, one or all; tells how many. */
  async replay(endpointId: string, id?: string): Promise<number> {
    const { rowCount } = await this.pool.query(
      `UPDATE partner_bff.webhook_messages SET state = 'pending', attempts = 0, due_at = now()
       WHERE endpoint_id = $1 AND ($2::text IS NULL OR id = $2) AND state = 'dead'`,
      [endpointId, id ?? null],
    );
    return rowCount ?? 0;
  }

  /** Forgets messages that are older than a retention: their log, and their bodies with them. */
  async forget(): Promise<void> {
    await this.pool.query("DELETE FROM partner_bff.webhook_messages WHERE created_at < now() - interval '30 days'");
    await this.pool.query("DELETE FROM partner_bff.webhooks_received WHERE at < now() - interval '30 days'");
  }
}

/** Until its partner gives it another secret: what is to be sent to it until then is dead, and can be sent again. */
async function disable(client: Transaction, endpointId: string): Promise<void> {
  await client.query(
    "UPDATE partner_bff.webhook_endpoints SET disabled_because = 'the endpoint answered 410 Gone' WHERE id = $1",
    [endpointId],
  );
  await client.query(
    "UPDATE partner_bff.webhook_messages SET state = 'dead' WHERE endpoint_id = $1 AND state = 'pending'",
    [endpointId],
  );
}
