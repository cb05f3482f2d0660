import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SecretStore } from "../../../services/database-setup/secret-store.ts";
import { setUp } from "../../../services/database-setup/set-up.ts";
import { readKeys } from "../../../services/mcp/database/tenancy/database-keys.ts";
import { EmbeddedPostgres } from "../../../sandbox/data-plane/database/embedded-postgres.ts";

/** A secret in memory, which remembers what was written. */
class OneSecret implements SecretStore {
  readonly written: string[] = [];

  read(): Promise<string | undefined> {
    return Promise.resolve(this.written.at(-1));
  }

  write(text: string): Promise<void> {
    this.written.push(text);
    return Promise.resolve();
  }
}

const ALL = ["001-tenancy.sql", "002-idempotency.sql", "003-functions.sql", "004-callers.sql"];

describe("the setup of a database", () => {
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    // As on Amazon RDS: an administrator who owns the database and makes roles, and is no superuser.
    await server.asAdmin("postgres", async (client) => {
      await client.query("CREATE ROLE administrator LOGIN CREATEROLE CREATEDB");
      await client.query("CREATE ROLE rds_iam; GRANT rds_iam TO administrator WITH ADMIN OPTION");
      await client.query("CREATE DATABASE managed OWNER administrator");
    });
  });
  afterAll(() => server.remove());

  const asAdministrator = async <Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
    const client = new pg.Client(server.connection("administrator", "managed"));
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };

  it("migrates, makes keys, lets the server log in by IAM, and does nothing the second time", async () => {
    const secret = new OneSecret();
    const first = await asAdministrator((client) => setUp(client, secret));
    expect(first).toEqual({ migrations: ALL, keysMade: true, loginByIam: true });
    const second = await asAdministrator((client) => setUp(client, secret));
    expect(second).toEqual({ migrations: [], keysMade: false, loginByIam: true });
    expect(secret.written).toHaveLength(1);
    const { sealKey, cursorKey } = readKeys(secret.written[0]!);
    expect(sealKey).not.toEqual(cursorKey);
  });

  it("that runs twice at the same time makes one pair of keys, and both runs install it", async () => {
    await server.asAdmin("postgres", (client) => client.query("CREATE DATABASE twice"));
    const secret = new OneSecret();
    const reports = await Promise.all([1, 2].map(() => server.asAdmin("twice", (client) => setUp(client, secret))));
    expect(reports.map((it) => it.keysMade).sort()).toEqual([false, true]);
    expect(secret.written).toHaveLength(1);
    const { rows } = await server.asAdmin("twice", (client) => client.query("SELECT inner_pad FROM app.seal_key"));
    const { sealKey } = readKeys(secret.written[0]!);
    expect(rows).toEqual([{ inner_pad: Buffer.alloc(64, 0x36).map((it, i) => it ^ (sealKey[i] ?? 0)) }]);
  });

  it("refuses a secret that holds something else, without a word of it, and touches no key", async () => {
    await server.asAdmin("postgres", (client) => client.query("CREATE DATABASE foreign_secret"));
    const secret = new OneSecret();
    await secret.write('{"sealKey": "c2hvcnQ=", "password": "hunter2"}');
    const attempt = server.asAdmin("foreign_secret", (client) => setUp(client, secret));
    await expect(attempt).rejects.toThrow(
      "the secret of the database holds no keys: sealKey custom; cursorKey invalid_type",
    );
    await expect(attempt).rejects.not.toThrow(/hunter2|c2hvcnQ/);
    const { rows } = await server.asAdmin("foreign_secret", (client) => client.query("SELECT FROM app.seal_key"));
    expect(rows).toHaveLength(0);
  });

  it("leaves the server only the way through its roles", async () => {
    const login = new pg.Client(server.connection("mcp_database", "managed"));
    await login.connect();
    try {
      await expect(login.query("SELECT FROM app.seal_key")).rejects.toThrow("permission denied for schema app");
      await expect(login.query("SET ROLE mcp_owner")).rejects.toThrow('permission denied to set role "mcp_owner"');
    } finally {
      await login.end();
    }
  });
});
