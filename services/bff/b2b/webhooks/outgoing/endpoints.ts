import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { inTransaction } from "../../../../libraries/events/postgres/transaction.ts";
import { keptSecrets, newSecret, rotated, type SecretSeal } from "../signing/secrets.ts";

/** Where a partner is told of events. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  /** Beginnings of the types of events that it is told of. */
  readonly types: readonly string[];
  /** Why nothing is sent to it any more. */
  readonly disabledBecause: string | null;
}

/** Most endpoints that one partner may have. */
export const MOST_ENDPOINTS = 10;

/** Where the endpoints of the partners of one tenant are kept. */
export type EndpointStore = Pick<Endpoints, keyof Endpoints>;

const COLUMNS = `id, url, types, disabled_because AS "disabledBecause"`;

/** The endpoints of the partners of one tenant, in PostgreSQL; a partner finds, changes and removes only its own. */
export class Endpoints {
  private readonly pool: Pool;
  private readonly seal: SecretSeal;

  constructor(pool: Pool, seal: SecretSeal) {
    this.pool = pool;
    this.seal = seal;
  }

  /** Adds an endpoint; its secret is shown this once. `undefined` if the partner has as many as it may. */
  async add(
    partnerId: string,
    { url, types }: Pick<Endpoint, "url" | "types">,
  ): Promise<{ readonly endpoint: Endpoint; readonly secret: string } | undefined> {
    const id = `ep_${randomBytes(16).toString("hex")}`;
    const secret = newSecret();
    const secrets = JSON.stringify([{ sealed: this.seal.seal(secret, id) }]);
    return inTransaction(this.pool, async (client) => {
      await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [`webhook endpoints of ${partnerId}`]);
      const { rows } = await client.query<Endpoint>(
        `INSERT INTO partner_bff.webhook_endpoints (id, partner_id, url, types, secrets) SELECT $1, $2, $3, $4, $5
         WHERE (SELECT count(*) FROM partner_bff.webhook_endpoints WHERE partner_id = $2) < ${MOST_ENDPOINTS}
         RETURNING ${COLUMNS}`,
        [id, partnerId, url, types, secrets],
      );
      return rows[0] && { endpoint: rows[0], secret };
    });
  }

  /** All of a partner, the oldest first. */
  async list(partnerId: string): Promise<readonly Endpoint[]> {
    const { rows } = await this.pool.query<Endpoint>(
      `SELECT ${COLUMNS} FROM partner_bff.webhook_endpoints WHERE partner_id = $1 ORDER BY created_at, id`,
      [partnerId],
    );
    return rows;
  }

  /** One of a partner. */
  async find(partnerId: string, id: string): Promise<Endpoint | undefined> {
    return (await this.list(partnerId)).find((it) => it.id === id);
  }

  /** Removes an endpoint with what was still to be sent; `false` if the partner has none of that id. */
  async remove(partnerId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      "DELETE FROM partner_bff.webhook_endpoints WHERE partner_id = $1 AND id = $2",
      [partnerId, id],
    );
    return rowCount === 1;
  }

  /** Gives an endpoint another secret, and enables it; messages are signed by both for a day. `undefined` if there is none. */
  async rotate(partnerId: string, id: string, now: number): Promise<string | undefined> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ secrets: unknown }>(
        "SELECT secrets FROM partner_bff.webhook_endpoints WHERE partner_id = $1 AND id = $2 FOR UPDATE",
        [partnerId, id],
      );
      if (rows[0] === undefined) return undefined;
      const secret = newSecret();
      const secrets = rotated(keptSecrets.parse(rows[0].secrets), this.seal.seal(secret, id), now);
      await client.query(
        "UPDATE partner_bff.webhook_endpoints SET secrets = $2, disabled_because = NULL WHERE id = $1",
        [id, JSON.stringify(secrets)],
      );
      return secret;
    });
  }
}
