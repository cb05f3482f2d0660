import { generateKeyPairSync } from "node:crypto";
import pg from "pg";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import type { Delivery, EventQueue } from "../../../../services/libraries/events/bus.ts";
import { eventSigner, eventVerifier } from "../../../../services/libraries/events/event-signature.ts";
import { createEventTables } from "../../../../services/libraries/events/postgres/tables.ts";
import { certifyWith } from "../../../../services/libraries/service-kit/tokens/context-delegation.ts";

/** A bus on which a shop tells of its orders. */
export const ORDERS = { source: "shop", routes: { orders: [{ from: "shop", type: "alicerce.order.made" }] } };

export const keyPair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });

/** A tenant that signs and verifies its events, at a time that a test may set. */
export function tenantOf(tenantId: string, now: () => number = Date.now) {
  const { privateKey, publicKey } = keyPair();
  return {
    privateKey,
    publicKey,
    signer: eventSigner(tenantId, certifyWith(privateKey), now),
    verify: eventVerifier({ tenantId, publicKeys: [publicKey], now }),
  };
}

/** A server with the tables of events and of what the tests' consumers do. */
export async function eventDatabase() {
  const server = await EmbeddedPostgres.start();
  await server.asAdmin("postgres", async (client) => {
    await createEventTables(client);
    await createEventTables(client);
    await client.query("CREATE TABLE effect (number bigint GENERATED ALWAYS AS IDENTITY, what text)");
  });
  const pool = new pg.Pool({ ...server.connection("admin", "postgres"), max: 8 });
  pool.on("error", () => undefined);
  return {
    server,
    pool,
    remove: async () => {
      await pool.end();
      await server.remove();
    },
  };
}

export async function effects(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ what: string }>("SELECT what FROM effect ORDER BY number");
  return rows.map(({ what }) => what);
}

export async function countOf(pool: pg.Pool, table: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
  return Number(rows[0]?.count);
}

export async function oneDelivery(queue: EventQueue): Promise<Delivery> {
  const [first, ...more] = await queue.receive(new AbortController().signal);
  if (first === undefined || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} deliveries`);
  return first;
}
