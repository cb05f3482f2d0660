import type pg from "pg";
import {
  type Claim,
  HELD_SECONDS,
  type IdempotencyStore,
  type IdempotentRequest,
  KEPT_SECONDS,
  type KeptResponse,
} from "./idempotency-store.ts";

const EXPIRED_PER_CLAIM = 100;

/** Requests in PostgreSQL, through connections of `partnerConnections` for the same tenant. */
export class PostgresIdempotencyStore implements IdempotencyStore {
  private readonly tenantId: string;
  private readonly pool: pg.Pool;

  constructor(tenantId: string, pool: pg.Pool) {
    this.tenantId = tenantId;
    this.pool = pool;
  }

  async claim(request: IdempotentRequest): Promise<Claim> {
    await this.removeExpired();
    const { rowCount } = await this.pool.query(
      `INSERT INTO partner_bff.idempotency_keys AS kept
         (tenant_id, partner_id, route, key, fingerprint, held_until, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6), now() + make_interval(secs => $7))
       ON CONFLICT (tenant_id, partner_id, route, key) DO UPDATE
         SET held_until = excluded.held_until
         WHERE kept.response IS NULL AND kept.held_until < now() AND kept.fingerprint = excluded.fingerprint`,
      [...this.keyOf(request), request.fingerprint, HELD_SECONDS, KEPT_SECONDS],
    );
    if (rowCount === 1) return { is: "new" };
    const { rows } = await this.pool.query<{ readonly fingerprint: string; readonly response: KeptResponse | null }>(
      `SELECT fingerprint, response FROM partner_bff.idempotency_keys
       WHERE (tenant_id, partner_id, route, key) = ($1, $2, $3, $4)`,
      [...this.keyOf(request)],
    );
    const [row] = rows;
    // One that was given back in this moment is as good as running: whoever sends it again gets it.
    if (row === undefined) return { is: "running" };
    if (row.fingerprint !== request.fingerprint) return { is: "another" };
    return row.response === null ? { is: "running" } : { is: "done", response: row.response };
  }

  async keep(request: IdempotentRequest, response: KeptResponse): Promise<void> {
    await this.pool.query(
      `UPDATE partner_bff.idempotency_keys SET response = $5
       WHERE (tenant_id, partner_id, route, key) = ($1, $2, $3, $4)`,
      [...this.keyOf(request), JSON.stringify(response)],
    );
  }

  async release(request: IdempotentRequest): Promise<void> {
    await this.pool.query(
      `DELETE FROM partner_bff.idempotency_keys
       WHERE (tenant_id, partner_id, route, key) = ($1, $2, $3, $4) AND response IS NULL`,
      [...this.keyOf(request)],
    );
  }

  /** A bounded number at a time, and more than each claim adds, so that there is never much to remove. */
  private async removeExpired(): Promise<void> {
    await this.pool.query(
      `DELETE FROM partner_bff.idempotency_keys WHERE ctid IN (
         SELECT ctid FROM partner_bff.idempotency_keys WHERE tenant_id = $1 AND expires_at < now()
         LIMIT ${EXPIRED_PER_CLAIM} FOR UPDATE SKIP LOCKED)`,
      [this.tenantId],
    );
  }

  private keyOf({ partnerId, route, key }: IdempotentRequest): readonly string[] {
    return [this.tenantId, partnerId, route, key];
  }
}
