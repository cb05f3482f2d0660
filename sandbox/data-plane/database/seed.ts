import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { Residency } from "../../../environments/residency.ts";
import type { SecretStore } from "../../../services/database-setup/secret-store.ts";
import { setUp } from "../../../services/database-setup/set-up.ts";
import { sampleBusiness } from "./sample-business.ts";

/** The tables that are seeded, in the order of their references. */
export const BUSINESS_TABLES = ["customers", "orders", "order_lines", "invoices"] as const;

/** What a database is seeded with, and where the keys of its server are kept. */
export interface Seed {
  readonly tenants: readonly { readonly id: string; readonly residency: Residency }[];
  /** File that holds the server's keys, or will. */
  readonly secretFile: string;
}

/** Makes a database what the server expects, and fills the schema "business" of one that has none yet. */
export async function seedDatabase(client: pg.Client, { tenants, secretFile }: Seed): Promise<void> {
  await setUp(client, fileSecret(secretFile));
  const { rowCount } = await client.query("SELECT FROM pg_tables WHERE schemaname = 'business'");
  if (rowCount !== 0) return;
  await client.query("BEGIN");
  await client.query(await readFile(path.join(import.meta.dirname, "business.sql"), "utf8"));
  for (const { id, residency } of tenants) {
    const business = sampleBusiness(id, residency);
    for (const table of BUSINESS_TABLES)
      await client.query(
        `INSERT INTO business.${table} SELECT * FROM jsonb_populate_recordset(NULL::business.${table}, $1::jsonb)`,
        [JSON.stringify(business[table]?.map((it) => ({ tenant_id: id, ...it })))],
      );
  }
  await client.query("COMMIT");
  await client.query("ANALYZE");
}

/** A secret in a file that nobody else may read. */
function fileSecret(file: string): SecretStore {
  return {
    read: async () => (existsSync(file) ? readFile(file, "utf8") : undefined),
    write: (text) => writeFile(file, text, { mode: 0o600 }),
  };
}
