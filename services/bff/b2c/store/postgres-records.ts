import type { Pool } from "pg";
import * as z from "zod";
import type { KeptRecord, OwnerSelection, RecordKind, RecordStore, StoredRecord } from "./records.ts";

const LIVE = "(expires_at IS NULL OR expires_at > $2)";

const row = z.object({
  kind: z.string(),
  id: z.string(),
  owner: z.string().nullable(),
  value: z.unknown(),
  expires_at: z.coerce.number().nullable(),
  version: z.coerce.number(),
});

/** Keeps records in PostgreSQL, for a laptop: several tenants share a table, and each statement names one, beside row-level security. */
export class PostgresRecords implements RecordStore {
  private readonly pool: Pool;
  private readonly tenantId: string;
  private readonly now: () => number;

  constructor(pool: Pool, tenantId: string, now: () => number = Date.now) {
    this.pool = pool;
    this.tenantId = tenantId;
    this.now = now;
  }

  async get(kind: RecordKind, id: string): Promise<KeptRecord | undefined> {
    const where = `tenant_id = $1 AND ${LIVE} AND kind = $3 AND id = $4`;
    const [found] = await this.rows(`SELECT * FROM consumer_bff.record WHERE ${where}`, [kind, id]);
    return found;
  }

  async put({ kind, id, owner, value, expiresAt }: StoredRecord): Promise<number> {
    const [kept] = await this.rows(
      `INSERT INTO consumer_bff.record (tenant_id, kind, id, owner, value, expires_at)
       SELECT $1, $3, $4, $5, $6::jsonb, $7 WHERE $2::bigint IS NOT NULL
       ON CONFLICT (tenant_id, kind, id) DO UPDATE SET owner = excluded.owner, value = excluded.value,
         expires_at = excluded.expires_at, version = nextval('consumer_bff.version')
       RETURNING *`,
      [kind, id, owner ?? null, JSON.stringify(value), expiresAt ?? null],
    );
    return kept?.version ?? 0;
  }

  async take(kind: RecordKind, id: string): Promise<KeptRecord | undefined> {
    const where = `tenant_id = $1 AND ${LIVE} AND kind = $3 AND id = $4`;
    const [taken] = await this.rows(`DELETE FROM consumer_bff.record WHERE ${where} RETURNING *`, [kind, id]);
    return taken;
  }

  async remove(kind: RecordKind, id: string): Promise<void> {
    await this.take(kind, id);
  }

  ofOwner(owner: string, { kind, after = 0, limit }: OwnerSelection = {}): Promise<readonly KeptRecord[]> {
    return this.rows(
      `SELECT * FROM consumer_bff.record WHERE tenant_id = $1 AND ${LIVE} AND owner = $3
       AND ($4::text IS NULL OR kind = $4) AND version > $5 ORDER BY version LIMIT $6`,
      [owner, kind ?? null, after, limit ?? null],
    );
  }

  async removeOwner(owner: string): Promise<number> {
    const where = `tenant_id = $1 AND ${LIVE} AND owner = $3`;
    return (await this.rows(`DELETE FROM consumer_bff.record WHERE ${where} RETURNING *`, [owner])).length;
  }

  /** Runs a statement whose first two parameters are the tenant and the time. */
  private async rows(statement: string, values: readonly unknown[]): Promise<readonly KeptRecord[]> {
    const { rows } = await this.pool.query(statement, [this.tenantId, Math.floor(this.now()), ...values]);
    return rows.map((it) => {
      const { kind, id, owner, value, expires_at: expiresAt, version } = row.parse(it);
      return {
        kind: kind as RecordKind,
        id,
        value,
        version,
        ...(owner !== null && { owner }),
        ...(expiresAt !== null && { expiresAt }),
      };
    });
  }
}
