import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { IDENTIFIER } from "../../../../../contracts/identifiers.ts";

/** Makes the tables of the partners' BFF in a database that lacks them; `client` is of its administrator. */
export async function preparePartnerDatabase(client: pg.ClientBase): Promise<void> {
  await client.query(await readFile(path.join(import.meta.dirname, "partners.sql"), "utf8"));
}

/** Connections of the BFF of one tenant: row-level security shows it the rows of that tenant alone. Throws `TypeError` for what is no tenant. */
export function partnerConnections(
  place: Pick<pg.PoolConfig, "host" | "port" | "database">,
  tenantId: string,
  onIdleError: (error: Error) => void,
): pg.Pool {
  if (!IDENTIFIER.tenantId.test(tenantId)) throw new TypeError(`${tenantId} is not the id of a tenant`);
  const options = `-c partner_bff.tenant=${tenantId} -c statement_timeout=5000`;
  const pool = new pg.Pool({ ...place, user: "partner_bff", options, max: 5, connectionTimeoutMillis: 2_000 });
  pool.on("error", onIdleError);
  return pool;
}
