import type { Pool } from "pg";
import { z } from "zod";
import type { KeptRecord, OwnerSelection, RecordKind, RecordStore, StoredRecord } from "./records.ts";

const SCHEMA = `
CREATE SCHEMA IF NOT EXISTS bff;
CREATE SEQUENCE IF NOT EXISTS bff.record_version;
CREATE TABLE IF NOT EXISTS bff.consumer_record (
  tenant_id text NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  owner text,
  value jsonb,
  expires_at bigint,
  version bigint NOT NULL DEFAULT nextval('bff.record_version'),
  PRIMARY KEY (tenant_id, kind, id)
);
CREATE INDEX IF NOT EXISTS consumer_record_owner ON bff.consumer_record (tenant_id, owner, version);
`;

const LIVE = "(expires_at IS NULL OR expires_at > $2)";

const row = z.object({
  kind: z.string(),
  id: z.string(),
  owner: z.string().nullable(),
  value: z.unknown(),
  expires_at: z.coerce.number().nullable(),
  version: z.coerce.number(),
});

/** Keeps records in PostgreSQL, for a laptop: several tenants share a table, and each statement names one of them. */
export class PostgresRecords implements RecordStore {
  private readonly pool: Pool;
  private readonly tenantId: string;
  private readonly now: () => number;

  private constructor(pool: Pool, tenantId: string, now: () => number) {
    this.pool = pool;
    this.tenantId = tenantId;
    this.now = now;
  }

  /** Opens the store of a tenant, and makes its table where there is none. */
  static async open(pool: Pool, tenantId: string, now: () => number = Date.now): Promise<PostgresRecords> {
    const client = await pool.connect();
    try {
      // Several BFFs start at the same time, and CREATE IF NOT EXISTS is not safe among them.
      await client.query("BEGIN; SELECT pg_advisory_xact_lock(7203417)");
      await client.query(SCHEMA);
      await client.query("COMMIT");
    } finally {
      client.release();
    }
    return new PostgresRecords(pool, tenantId, now);
  }

  async get(kind: RecordKind, id: string): Promise<KeptRecord | undefined> {
    const where = `tenant_id = $1 AND ${LIVE} AND kind = $3 AND id = $4`;
    const [found] = await this.rows(`SELECT * FROM bff.consumer_record WHERE ${where}`, [kind, id]);
    return found;
  }

  async put({ kind, id, owner, value, expiresAt }: StoredRecord): Promise<number> {
    const [kept] = await this.rows(
      `INSERT INTO bff.consumer_record (tenant_id, kind, id, owner, value, expires_at)
       SELECT $1, $3, $4, $5, $6::jsonb, $7 WHERE $2::bigint IS NOT NULL
       ON CONFLICT (tenant_id, kind, id) DO UPDATE SET owner = excluded.owner, value = excluded.value,
         expires_at = excluded.expires_at, version = nextval('bff.record_version')
       RETURNING *`,
      [kind, id, owner ?? null, JSON.stringify(value), expiresAt ?? null],
    );
    return kept?.version ?? 0;
  }

  async take(kind: RecordKind, id: string): Promise<KeptRecord | undefined> {
    const where = `tenant_id = $1 AND ${LIVE} AND kind = $3 AND id = $4`;
    const [taken] = await this.rows(`DELETE FROM bff.consumer_record WHERE ${where} RETURNING *`, [kind, id]);
    return taken;
  }

  async remove(kind: RecordKind, id: string): Promise<void> {
    await this.take(kind, id);
  }

  ofOwner(owner: string, { kind, after = 0, limit }: OwnerSelection = {}): Promise<readonly KeptRecord[]> {
    return this.rows(
      `SELECT * FROM bff.consumer_record WHERE tenant_id = $1 AND ${LIVE} AND owner = $3
       AND ($4::text IS NULL OR kind = $4) AND version > $5 ORDER BY version LIMIT $6`,
      [owner, kind ?? null, after, limit ?? null],
    );
  }

  async removeOwner(owner: string): Promise<number> {
    const where = `tenant_id = $1 AND ${LIVE} AND owner = $3`;
    return (await this.rows(`DELETE FROM bff.consumer_record WHERE ${where} RETURNING *`, [owner])).length;
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
