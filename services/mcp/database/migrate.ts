import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientBase } from "pg";

const FOLDER = join(import.meta.dirname, "migrations");

/** Brings a database to the newest form, as its administrator; each file once, in the order of their names. */
export async function migrate(client: ClientBase, folder = FOLDER): Promise<readonly string[]> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('mcp-database migrations'))");
    await client.query("CREATE SCHEMA IF NOT EXISTS migration");
    await client.query(
      "CREATE TABLE IF NOT EXISTS migration.applied (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())",
    );
    const applied = await client.query<{ name: string }>("SELECT name FROM migration.applied");
    const done = new Set(applied.rows.map(({ name }) => name));
    const names = readdirSync(folder).filter((it) => it.endsWith(".sql") && !done.has(it));
    for (const name of names.toSorted()) {
      await client.query(readFileSync(join(folder, name), "utf8"));
      await client.query("INSERT INTO migration.applied (name) VALUES ($1)", [name]);
    }
    await client.query("COMMIT");
    return names;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
