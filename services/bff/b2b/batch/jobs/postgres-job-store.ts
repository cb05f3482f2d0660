import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import type { EventSigner } from "../../../../libraries/events/event-signature.ts";
import { writeEvent } from "../../../../libraries/events/postgres/outbox.ts";
import { inTransaction, type Transaction } from "../../../../libraries/events/postgres/transaction.ts";
import type { FileKind } from "../formats/rows-of.ts";
import {
  type FailedRow,
  finishedEvent,
  type Job,
  type JobStore,
  type LeasedJob,
  MOST_FAILED_KEPT,
  MOST_JOBS,
  type Outcome,
} from "./job.ts";

const COLUMNS = `id, schema, kind, state, bytes::float8 AS bytes, json_build_object('rows', rows, 'succeeded', succeeded, 'failed', failed) AS progress,
  fault, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
  to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "endedAt"`;

const HELD = "id = $1 AND lease = $2";

/** The jobs of one tenant on a laptop. With a signer, an event tells the partner that a job is over. */
export class PostgresJobStore implements JobStore {
  readonly pieceBytes = 64 * 1_024;
  private readonly pool: Pool;
  private readonly signer: EventSigner | undefined;

  constructor(pool: Pool, signer?: EventSigner) {
    this.pool = pool;
    this.signer = signer;
  }

  async begin(partnerId: string, { schema, kind }: { readonly schema: string; readonly kind: FileKind }) {
    const id = `job_${randomBytes(16).toString("hex")}`;
    return inTransaction(this.pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [`batch jobs of ${partnerId}`]);
      const { rowCount } = await client.query(
        `INSERT INTO partner_bff.batch_jobs (id, partner_id, schema, kind) SELECT $1, $2, $3, $4
         WHERE (SELECT count(*) FROM partner_bff.batch_jobs WHERE partner_id = $2 AND ended_at IS NULL) < ${MOST_JOBS}`,
        [id, partnerId, schema, JSON.stringify(kind)],
      );
      return rowCount === 1 ? id : undefined;
    });
  }

  async append(id: string, number: number, bytes: Uint8Array): Promise<void> {
    await this.pool.query(
      `WITH touched AS (UPDATE partner_bff.batch_jobs SET touched_at = now() WHERE id = $1)
       INSERT INTO partner_bff.batch_files (job_id, number, bytes) VALUES ($1, $2, $3)`,
      [id, number, bytes],
    );
  }

  async complete(id: string, bytes: number): Promise<void> {
    await this.pool.query(
      "UPDATE partner_bff.batch_jobs SET state = 'queued', bytes = $2 WHERE id = $1 AND state = 'uploading'",
      [id, bytes],
    );
  }

  async discard(id: string): Promise<void> {
    await this.pool.query("DELETE FROM partner_bff.batch_jobs WHERE id = $1 AND state = 'uploading'", [id]);
  }

  async list(partnerId: string): Promise<readonly Job[]> {
    const { rows } = await this.pool.query<Job>(
      `SELECT ${COLUMNS} FROM partner_bff.batch_jobs WHERE partner_id = $1 ORDER BY created_at DESC, id LIMIT 100`,
      [partnerId],
    );
    return rows;
  }

  async find(partnerId: string, id: string): Promise<Job | undefined> {
    const { rows } = await this.pool.query<Job>(
      `SELECT ${COLUMNS} FROM partner_bff.batch_jobs WHERE partner_id = $1 AND id = $2`,
      [partnerId, id],
    );
    return rows[0];
  }

  /** A job that runs is ended by whoever works on it. */
  async cancel(partnerId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE partner_bff.batch_jobs SET state = CASE state WHEN 'running' THEN 'cancelling' ELSE 'cancelled' END,
       ended_at = CASE state WHEN 'running' THEN NULL ELSE now() END
       WHERE partner_id = $1 AND id = $2 AND state IN ('queued', 'running')`,
      [partnerId, id],
    );
    return rowCount === 1;
  }

  async failedRows(id: string, after: number, limit: number): Promise<readonly FailedRow[]> {
    const { rows } = await this.pool.query<FailedRow>(
      `SELECT row::float8 AS row, code, field, message FROM
         (SELECT * FROM partner_bff.batch_failed_rows WHERE job_id = $1 AND row > $2 ORDER BY row FETCH FIRST $3 ROWS WITH TIES) found
       ORDER BY found.row, place`,
      [id, after, limit],
    );
    return rows;
  }

  async *results(id: string): AsyncGenerator<string> {
    for (let after = 0; ;) {
      const { rows } = await this.pool.query<{ last_row: number; lines: string }>(
        `SELECT last_row::float8 AS last_row, lines FROM partner_bff.batch_results WHERE job_id = $1 AND last_row > $2
         ORDER BY last_row LIMIT 1`,
        [id, after],
      );
      if (rows[0] === undefined) return;
      yield rows[0].lines;
      after = rows[0].last_row;
    }
  }

  async take(leaseMs: number): Promise<LeasedJob | undefined> {
    const { rows } = await this.pool.query<LeasedJob>(
      `UPDATE partner_bff.batch_jobs SET state = CASE state WHEN 'queued' THEN 'running' ELSE state END, lease = gen_random_uuid(),
         attempts = attempts + 1, due_at = now() + $1 * interval '1 millisecond'
       WHERE (tenant_id, id) = (SELECT tenant_id, id FROM partner_bff.batch_jobs
         WHERE state IN ('queued', 'running', 'cancelling') AND due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING partner_id AS "partnerId", lease, attempts, ${COLUMNS}`,
      [leaseMs],
    );
    return rows[0];
  }

  async renew({ id, lease }: LeasedJob, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE partner_bff.batch_jobs SET due_at = now() + $3 * interval '1 millisecond' WHERE ${HELD} AND state = 'running'`,
      [id, lease, leaseMs],
    );
    return rowCount === 1;
  }

  async *file(id: string): AsyncGenerator<Uint8Array> {
    for (let number = 0; ; number++) {
      const { rows } = await this.pool.query<{ bytes: Buffer }>(
        "SELECT bytes FROM partner_bff.batch_files WHERE job_id = $1 AND number = $2",
        [id, number],
      );
      if (rows[0] === undefined) return;
      yield rows[0].bytes;
    }
  }

  keep({ id, lease }: LeasedJob, { progress, failed, results }: Outcome): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE partner_bff.batch_jobs SET rows = $3, succeeded = $4, failed = $5, attempts = 1 WHERE ${HELD} AND state = 'running'`,
        [id, lease, progress.rows, progress.succeeded, progress.failed],
      );
      if (rowCount !== 1) return false;
      if (progress.failed - failed.length < MOST_FAILED_KEPT) await keepFailed(client, id, failed);
      if (results.length > 0)
        await client.query("INSERT INTO partner_bff.batch_results (job_id, last_row, lines) VALUES ($1, $2, $3)", [
          id,
          progress.rows,
          results.map((it) => `${JSON.stringify(it)}\n`).join(""),
        ]);
      return true;
    });
  }

  async release({ id, lease }: LeasedJob, pauseMs: number): Promise<void> {
    await this.pool.query(
      `UPDATE partner_bff.batch_jobs SET lease = NULL, due_at = now() + $3 * interval '1 millisecond' WHERE ${HELD}`,
      [id, lease, pauseMs],
    );
  }

  async end({ id, lease, partnerId }: LeasedJob, state: "done" | "failed", fault: Job["fault"] = null): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<Job>(
        `UPDATE partner_bff.batch_jobs SET state = CASE state WHEN 'cancelling' THEN 'cancelled' ELSE $3 END, fault = $4,
         ended_at = now(), lease = NULL WHERE ${HELD} AND ended_at IS NULL RETURNING ${COLUMNS}`,
        [id, lease, state, fault === null ? null : JSON.stringify(fault)],
      );
      if (rows[0] === undefined) return;
      await client.query("DELETE FROM partner_bff.batch_files WHERE job_id = $1", [id]);
      if (this.signer === undefined) return;
      await writeEvent(client, this.signer, finishedEvent({ ...rows[0], partnerId }));
    });
  }

  async forget(): Promise<void> {
    await this.pool.query(
      `DELETE FROM partner_bff.batch_jobs WHERE ended_at < now() - interval '14 days'
       OR (state = 'uploading' AND touched_at < now() - interval '1 hour')`,
    );
  }
}

async function keepFailed(client: Transaction, id: string, failed: readonly FailedRow[]): Promise<void> {
  await client.query(
    `INSERT INTO partner_bff.batch_failed_rows (job_id, row, place, code, field, message)
     SELECT $1, * FROM unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[])`,
    [
      id,
      failed.map((it) => it.row),
      failed.map((_, place) => place),
      failed.map((it) => it.code),
      failed.map((it) => it.field ?? null),
      failed.map((it) => it.message),
    ],
  );
}
