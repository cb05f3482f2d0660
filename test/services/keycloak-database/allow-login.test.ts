import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EmbeddedPostgres } from "../../../sandbox/data-plane/database/embedded-postgres.ts";
import { allowLogin } from "../../../services/keycloak-database/allow-login.ts";

let server: EmbeddedPostgres;
beforeAll(async () => {
  server = await EmbeddedPostgres.start();
  // As on Amazon RDS: an administrator who owns the database and makes roles, and is no superuser.
  await server.asAdmin("postgres", async (client) => {
    await client.query("CREATE ROLE administrator LOGIN CREATEROLE CREATEDB");
    await client.query("CREATE DATABASE keycloak OWNER administrator");
  });
});
afterAll(() => server.remove());

async function as<Result>(user: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(server.connection(user, "keycloak"));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

it("lets Keycloak in to make tables, on a PostgreSQL that knows no IAM as well, and does nothing the second time", async () => {
  const allow = () => as("administrator", (client) => allowLogin(client, "keycloak"));
  expect(await allow()).toEqual({ userMade: true, loginByIam: false });
  await as("keycloak", (client) => client.query("CREATE TABLE realm (id text)"));
  await server.asAdmin("postgres", (client) =>
    client.query("CREATE ROLE rds_iam; GRANT rds_iam TO administrator WITH ADMIN OPTION"),
  );
  expect(await allow()).toEqual({ userMade: false, loginByIam: true });
  expect(await allow()).toEqual({ userMade: false, loginByIam: true });
  const { rows } = await as("keycloak", (client) =>
    client.query(
      "SELECT pg_has_role(current_user, 'rds_iam', 'MEMBER') AS iam, rolsuper FROM pg_roles WHERE rolname = current_user",
    ),
  );
  expect(rows).toEqual([{ iam: true, rolsuper: false }]);
});

it("makes the user once when it runs twice at the same time", async () => {
  const allow = () => as("administrator", (client) => allowLogin(client, "twice"));
  const reports = await Promise.all([allow(), allow()]);
  expect(reports.map((it) => it.userMade).sort()).toEqual([false, true]);
});
