import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FUNCTIONS, SYNTAX_FUNCTIONS, TYPES } from "../../../../services/mcp/database/statements/allowed-functions.ts";
import type { DatabaseServices } from "../../../../services/mcp/database/services.ts";
import { explain } from "../../../../services/mcp/database/tools/explain.ts";
import { query } from "../../../../services/mcp/database/tools/query.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { HARMLESS, HIDDEN_CALLS } from "./calls-in-statements.ts";
import { call, createDatabase, servicesOf } from "./database-fixture.ts";

describe("with every function of PostgreSQL granted", () => {
  let server: EmbeddedPostgres;
  let services: DatabaseServices;

  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    await createDatabase(server, "own");
    await server.asAdmin("own", (client) =>
      client.query(
        "GRANT pg_read_server_files TO mcp_reader; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pg_catalog, app TO mcp_reader",
      ),
    );
    services = servicesOf(server, "own");
  });
  afterAll(async () => {
    await services.database.close();
    await server.remove();
  });

  it("refuses what calls a function of its own accord", async () => {
    await server.asAdmin("own", (client) =>
      client.query(
        `CREATE FUNCTION business.told(integer, integer) RETURNS text LANGUAGE sql AS 'SELECT version()';
         CREATE OPERATOR business.<<<>>> (FUNCTION = business.told, LEFTARG = integer, RIGHTARG = integer);
         CREATE FUNCTION business.secret(business.customer) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT version()';
         CREATE FUNCTION business.lower(integer) RETURNS text LANGUAGE sql AS 'SELECT version()';
         GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA business TO mcp_reader`,
      ),
    );
    for (const sql of ["select 1 <<<>>> 2", "select c.secret from customer c", "select lower(1)"])
      await expect(call(services, query, { sql }), sql).rejects.toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
    await server.asAdmin("own", (client) =>
      client.query("DROP FUNCTION business.told CASCADE; DROP FUNCTION business.secret, business.lower"),
    );
  });

  it("allows no function, operator or type that changes something or looks names up", async () => {
    const rows = (sql: string, values: unknown[] = []) =>
      server.asAdmin(
        "own",
        async (client) => (await client.query<unknown[]>({ text: sql, values, rowMode: "array" })).rows,
      );
    const looksUp =
      "('regclass', 'regproc', 'regprocedure', 'regoper', 'regoperator', 'regrole', 'regnamespace', 'regtype')";
    const functions = [...FUNCTIONS, ...SYNTAX_FUNCTIONS];
    const known = await rows("SELECT DISTINCT proname FROM pg_proc WHERE proname = ANY ($1)", [functions]);
    expect(known.length).toBeGreaterThan(200);
    expect(
      await rows(
        `SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.proname = ANY ($1) AND (p.provolatile = 'v' OR EXISTS (
           SELECT FROM unnest(p.proargtypes) AS a (type) WHERE format_type(a.type, NULL) IN ${looksUp}))`,
        [functions],
      ),
    ).toEqual([]);
    expect(
      await rows("SELECT oprname FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode WHERE p.provolatile = 'v'"),
    ).toEqual([]);
    expect(
      await rows(
        `SELECT castfunc::regprocedure::text FROM pg_cast c JOIN pg_type t ON t.oid = c.casttarget JOIN pg_proc p ON p.oid = c.castfunc
         WHERE t.typname = ANY ($1) AND p.provolatile = 'v'`,
        [[...TYPES]],
      ),
    ).toEqual([]);
    expect(
      await rows(`SELECT typname FROM pg_type WHERE typname = ANY ($1) AND typname IN ${looksUp}`, [[...TYPES]]),
    ).toEqual([]);
  });

  it.each(HIDDEN_CALLS)("refuses %s", async (sql) => {
    for (const attempt of [
      () => call(services, query, { sql }),
      () => call(services, explain, { sql }),
      () => call(services, query, { sql, orderBy: { columns: ["id"] } }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
  });

  it.each(HARMLESS)("answers %s", async (sql) => {
    expect((await call(services, query, { sql })).rows).toBeInstanceOf(Array);
  });
});
