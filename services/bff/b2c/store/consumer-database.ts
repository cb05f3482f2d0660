import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { IDENTIFIER } from "../../../../contracts/identifiers.ts";

/** Makes the table of the consumers' BFF in a database that lacks it; `client` is of its administrator. */
export async function prepareConsumerDatabase(client: pg.ClientBase): Promise<void> {
  await client.query(await readFile(path.join(import.meta.dirname, "consumers.sql"), "utf8"));
}

/** Connections of the BFF of one tenant: row-level security shows it the rows of that tenant alone. Throws `TypeError` for what is no tenant. */
export function consumerConnections(
  place: Pick<pg.PoolConfig, "host" | "port" | "database">,
  tenantId: string,
  onIdleError: (error: Error) => void,
): pg.Pool {
  if (!IDENTIFIER.tenantId.test(tenantId)) throw new TypeError(`${tenantId} is not the id of a tenant`);
  const options = `-c consumer_bff.tenant=${tenantId} -c statement_timeout=5000`;
  const pool = new pg.Pool({ ...place, user: "consumer_bff", options, max: 5, connectionTimeoutMillis: 2_000 });
  pool.on("error", onIdleError);
  return pool;
}
