import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { inTransaction } from "../../../../libraries/events/postgres/transaction.ts";
import { goodSecrets, keptSecrets, newSecret, rotated, type SecretSeal } from "../signing/secrets.ts";

/** Where a partner sends events to, and what it signs them by. */
export interface Source {
  readonly id: string;
  readonly partnerId: string;
  /** Those that are good now. */
  readonly secrets: readonly string[];
}

/** Most sources that one partner may have. */
export const MOST_SOURCES = 10;

/** Where the sources of the partners of one tenant are kept. */
export type SourceStore = Pick<Sources, keyof Sources>;

/** The sources of the partners of one tenant, in PostgreSQL. */
export class Sources {
  private readonly pool: Pool;
  private readonly seal: SecretSeal;

  constructor(pool: Pool, seal: SecretSeal) {
    this.pool = pool;
    this.seal = seal;
  }

  /** Adds a source; its secret is shown this once. `undefined` if the partner has as many as it may. */
  async add(partnerId: string): Promise<{ readonly id: string; readonly secret: string } | undefined> {
    const id = `src_${randomBytes(16).toString("hex")}`;
    const secret = newSecret();
    const { rowCount } = await this.pool.query(
      `INSERT INTO partner_bff.webhook_sources (id, partner_id, secrets) SELECT $1, $2, $3
       WHERE (SELECT count(*) FROM partner_bff.webhook_sources WHERE partner_id = $2) < ${MOST_SOURCES}`,
      [id, partnerId, JSON.stringify([{ sealed: this.seal.seal(secret, id) }])],
    );
    return rowCount === 1 ? { id, secret } : undefined;
  }

  /** Ids of a partner's sources. */
  async list(partnerId: string): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      "SELECT id FROM partner_bff.webhook_sources WHERE partner_id = $1 ORDER BY created_at, id",
      [partnerId],
    );
    return rows.map(({ id }) => id);
  }

  /** The source of that id, whoever asks: its signature says who does. */
  async find(id: string, now: number): Promise<Source | undefined> {
    const { rows } = await this.pool.query<{ partner_id: string; secrets: unknown }>(
      "SELECT partner_id, secrets FROM partner_bff.webhook_sources WHERE id = $1",
      [id],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const secrets = goodSecrets(keptSecrets.parse(row.secrets), this.seal, id, now);
    return { id, partnerId: row.partner_id, secrets };
  }

  /** Removes a source; `false` if the partner has none of that id. */
  async remove(partnerId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      "DELETE FROM partner_bff.webhook_sources WHERE partner_id = $1 AND id = $2",
      [partnerId, id],
    );
    return rowCount === 1;
  }

  /** Gives a source another secret; the one before is good for a day. `undefined` if the partner has none of that id. */
  async rotate(partnerId: string, id: string, now: number): Promise<string | undefined> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ secrets: unknown }>(
        "SELECT secrets FROM partner_bff.webhook_sources WHERE partner_id = $1 AND id = $2 FOR UPDATE",
        [partnerId, id],
      );
      if (rows[0] === undefined) return undefined;
      const secret = newSecret();
      const secrets = rotated(keptSecrets.parse(rows[0].secrets), this.seal.seal(secret, id), now);
      await client.query("UPDATE partner_bff.webhook_sources SET secrets = $2 WHERE id = $1", [
        id,
        JSON.stringify(secrets),
      ]);
      return secret;
    });
  }
}
