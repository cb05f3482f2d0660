import type { ClientBase } from "pg";
import { newKeys, readKeys } from "../mcp/database/tenancy/database-keys.ts";
import { migrate } from "../mcp/database/migrate.ts";
import { installSealKey } from "../mcp/database/tenancy/seal.ts";
import type { SecretStore } from "./secret-store.ts";

/** What was done: nothing, if everything had been done before. */
export interface SetupReport {
  /** The migrations that were applied. */
  readonly migrations: readonly string[];
  readonly keysMade: boolean;
  /** Whether the server may log in by IAM; not on a PostgreSQL that knows no IAM. */
  readonly loginByIam: boolean;
}

/** Makes a database what the server expects, as its administrator; may be repeated, and be run twice at the same time. */
export async function setUp(client: ClientBase, secret: SecretStore): Promise<SetupReport> {
  await client.query("SELECT pg_advisory_lock(hashtext('database setup'))");
  try {
    const migrations = await migrate(client);
    const loginByIam = await allowLoginByIam(client);
    const keysMade = (await secret.read()) === undefined;
    if (keysMade) await secret.write(newKeys());
    // Read again, so that what is installed is what the server will find.
    const { sealKey } = readKeys((await secret.read()) ?? "");
    await installSealKey(client, sealKey);
    return { migrations, keysMade, loginByIam };
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtext('database setup'))");
  }
}

/** On Amazon RDS, whoever is a member of this role gets in by a token and no longer by a password. */
async function allowLoginByIam(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = 'rds_iam'");
  if (rowCount === 0) return false;
  await client.query("GRANT rds_iam TO mcp_database");
  return true;
}
