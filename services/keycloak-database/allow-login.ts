import type { ClientBase } from "pg";

/** What was done: nothing, if everything had been done before. */
export interface LoginReport {
  readonly userMade: boolean;
  /** Whether the user logs in with tokens of IAM; not on a PostgreSQL that knows no IAM. */
  readonly loginByIam: boolean;
}

/**
 * Makes a user of the database who logs in with tokens of IAM, and owns what it makes in the schema `public`, as the database's administrator;
 * may be repeated, and be run twice at the same time. `user` must be an identifier that needs no quotes.
 */
export async function allowLogin(client: ClientBase, user: string): Promise<LoginReport> {
  await client.query("SELECT pg_advisory_lock(hashtext('keycloak login'))");
  try {
    const userMade = !(await hasRole(client, user));
    if (userMade) await client.query(`CREATE ROLE ${user} LOGIN`);
    await client.query(`GRANT CREATE, USAGE ON SCHEMA public TO ${user}`);
    const loginByIam = await hasRole(client, "rds_iam");
    // Whoever is a member of this role gets in by a token and no longer by a password (Amazon RDS, "IAM database authentication").
    if (loginByIam) await client.query(`GRANT rds_iam TO ${user}`);
    return { userMade, loginByIam };
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtext('keycloak login'))");
  }
}

async function hasRole(client: ClientBase, name: string): Promise<boolean> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  return rowCount !== 0;
}
