import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { table, tables } from "../../../../services/mcp/database/resources.ts";
import type { DatabaseServices } from "../../../../services/mcp/database/services.ts";
import type { DatabaseSettings } from "../../../../services/mcp/database/tenancy/tenant-database.ts";
import { describeSchema } from "../../../../services/mcp/database/tools/describe-schema.ts";
import { explain } from "../../../../services/mcp/database/tools/explain.ts";
import { listTablesTool } from "../../../../services/mcp/database/tools/list-tables.ts";
import { query } from "../../../../services/mcp/database/tools/query.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { call, contextOf, createDatabase, servicesOf } from "./database-fixture.ts";

const SLOW = "select count(*) from generate_series(1, 1000000000) as g(n)";

describe("a query", () => {
  let server: EmbeddedPostgres;
  let services: DatabaseServices;
  const opened: DatabaseServices[] = [];
  const open = (settings: Partial<DatabaseSettings> = {}): DatabaseServices => {
    const it = servicesOf(server, "own", settings);
    opened.push(it);
    return it;
  };

  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    await createDatabase(server, "own");
  });
  beforeEach(() => {
    services = open();
  });
  afterAll(async () => {
    await Promise.all(opened.map((it) => it.database.close()));
    await server.remove();
  });

  it("maps every type to JSON without loss", async () => {
    const sql = `select true, 7::int2, -7, 9223372036854775807::int8, 12345678901234567890.1234567890::numeric, 'NaN'::numeric,
      0.1::float8, 'Infinity'::float8, '-0'::float8, 3.4028235e38::float4, '\\x00ff10'::bytea, '\\x'::bytea,
      '2026-01-02 03:04:05.123456+02'::timestamptz, 'infinity'::timestamptz, '2026-01-02 03:04:05'::timestamp,
      '2026-01-02'::date, interval '1 day 2 hours', '{"a": 12345678901234567890, "b": [1.5, null, "x"]}'::jsonb,
      'null'::json, null::json, array[1, null, 2], 'é"\\'::text, '00000000-0000-0000-0000-000000000001'::uuid`;
    const { rows } = await call(services, query, { sql });
    const [row] = rows;
    expect(row).toEqual([
      ...[true, 7, -7, "9223372036854775807", "12345678901234567890.1234567890", "NaN"],
      ...[0.1, "Infinity", "-0", 3.4028235e38, "AP8Q", ""],
      ...["2026-01-02T01:04:05.123456Z", "infinity", "2026-01-02 03:04:05"],
      ...["2026-01-02", "P1DT2H", { a: "12345678901234567890", b: [1.5, null, "x"] }],
      ...[null, null, "{1,NULL,2}", 'é"\\', "00000000-0000-0000-0000-000000000001"],
    ]);
  });

  it("takes parameters that are only values", async () => {
    const hostile = "x' or '1'='1";
    const found = await call(services, query, {
      sql: "select $1::text, count(*) from customer where name = $1",
      parameters: [hostile],
    });
    expect(found.rows).toEqual([[hostile, "0"]]);
    await expect(call(services, query, { sql: "select $2::text", parameters: ["a"] })).rejects.toMatchObject({
      code: "ERR_STATEMENT_REFUSED",
    });
  });

  it.each([false, true])("gives a million rows in pages, descending: %s", async (descending) => {
    const args = {
      sql: "select n as id, n % 7 as day from generate_series(1, 1000000) as g(n)",
      orderBy: { columns: ["day", "id"], descending },
    };
    const first = await call(services, query, args);
    expect(first.rows).toHaveLength(1_000);
    expect(first.truncated).toBe(true);
    const second = await call(services, query, { ...args, cursor: first.nextCursor });
    const seen = [...first.rows, ...second.rows].map(([id]) => id);
    const expected = Array.from({ length: 1_000_000 }, (_, i) => i + 1).sort((a, b) =>
      descending ? (b % 7) - (a % 7) || b - a : (a % 7) - (b % 7) || a - b,
    );
    expect(seen).toEqual(expected.slice(0, 2_000));
  });

  it("ends where the rows end, and has no cursor without an order", async () => {
    const args = { sql: "select id from customer", orderBy: { columns: ["id"] }, maxRows: 2 };
    const first = await call(services, query, args);
    const second = await call(services, query, { ...args, cursor: first.nextCursor });
    expect([first.rows, second.rows, second.truncated, second.nextCursor]).toEqual([
      [[1], [2]],
      [[3]],
      false,
      undefined,
    ]);
    const unordered = await call(services, query, { sql: "select id from customer", maxRows: 2 });
    expect([unordered.truncated, unordered.nextCursor]).toEqual([true, undefined]);
  });

  it("does not take the cursor of another tenant, query or order", async () => {
    const args = { sql: "select id from customer", orderBy: { columns: ["id"] }, maxRows: 1 };
    const { nextCursor: cursor } = await call(services, query, args, "globex");
    const refused = { code: "ERR_CURSOR_INVALID" };
    await expect(call(services, query, { ...args, cursor }, "acme")).rejects.toMatchObject(refused);
    await expect(
      call(services, query, { ...args, sql: "select id from  customer", cursor }, "globex"),
    ).rejects.toMatchObject(refused);
    const turned = { columns: ["id"], descending: true };
    await expect(call(services, query, { ...args, orderBy: turned, cursor }, "globex")).rejects.toMatchObject(refused);
    await expect(call(services, query, { ...args, cursor: `${cursor}A` }, "globex")).rejects.toMatchObject(refused);
  });

  it("refuses an order by a column that may be null, and by what is no column", async () => {
    const byEmail = {
      sql: "select email from customer",
      orderBy: { columns: ["email"], descending: true },
      maxRows: 1,
    };
    await expect(call(services, query, byEmail)).rejects.toMatchObject({ code: "ERR_STATEMENT_FAILED" });
    const hostile = { ...byEmail, orderBy: { columns: ['email" desc; drop table customer; --'] } };
    await expect(call(services, query, hostile)).rejects.toMatchObject({ code: "ERR_STATEMENT_FAILED" });
  });

  it("stops at the bytes that an answer may have, and before a value that nobody could hold", async () => {
    const wide =
      "select n as id, to_char(n, 'FM000000') || array_to_string(array(select md5(i::text) from generate_series(1, 1000) as s(i)), '') as text from generate_series(1, 1000) as g(n)";
    const page = await call(services, query, { sql: wide, orderBy: { columns: ["id"] } });
    expect(page.truncated).toBe(true);
    expect(page.rows.length).toBeGreaterThan(20);
    expect(JSON.stringify(page.rows).length).toBeLessThan(1_100_000);
    const huge = (count: number) => `select string_agg(md5(i::text), '') from generate_series(1, ${count}) as g(i)`;
    for (const count of [40_000, 1_000_000])
      await expect(call(services, query, { sql: huge(count) })).rejects.toMatchObject({ code: "ERR_RESULT_TOO_LARGE" });
    expect((await call(services, query, { sql: "select 1" })).rows).toEqual([[1]]);
  });

  it("stops what takes too long, in one statement or in all", async () => {
    const hasty = open({ statementTimeoutMs: 200 });
    await expect(call(hasty, query, { sql: SLOW })).rejects.toMatchObject({ code: "ERR_STATEMENT_TIMEOUT" });
    const short = open({ callTimeoutMs: 200 });
    await expect(call(short, query, { sql: SLOW })).rejects.toMatchObject({ code: "ERR_STATEMENT_TIMEOUT" });
    for (const it of [hasty, short]) expect((await call(it, query, { sql: "select 1" })).rows).toEqual([[1]]);
  });

  it("cancels in the server what its caller has given up", async () => {
    const left = new AbortController();
    const asked = expect(call(services, query, { sql: SLOW }, "acme", left.signal)).rejects.toMatchObject({
      code: "ERR_STATEMENT_CANCELLED",
    });
    const running = () =>
      server.asAdmin("own", (it) =>
        it.query(
          "select from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()",
        ),
      );
    await vi.waitFor(async () => expect((await running()).rowCount).toBe(1), { timeout: 50_000 });
    left.abort();
    await asked;
    await vi.waitFor(async () => expect((await running()).rowCount).toBe(0), { timeout: 50_000 });
    await expect(call(services, query, { sql: "select 1" }, "acme", AbortSignal.abort())).rejects.toMatchObject({
      code: "ERR_STATEMENT_CANCELLED",
    });
    expect((await call(services, query, { sql: "select 1" })).rows).toEqual([[1]]);
  });

  it("says that it is busy when no connection is free, and lets no tenant take them all", async () => {
    const small = open({
      maxConnections: 2,
      maxConnectionsPerTenant: 1,
      acquireTimeoutMs: 200,
      statementTimeoutMs: 1_500,
    });
    const slow = ["acme", "globex"].map((it) => call(small, query, { sql: SLOW }, it).catch((error: unknown) => error));
    await expect(call(small, query, { sql: "select 1" }, "acme")).rejects.toMatchObject({ code: "ERR_DATABASE_BUSY" });
    await expect(call(small, query, { sql: "select 1" }, "initech")).rejects.toMatchObject({
      code: "ERR_DATABASE_BUSY",
    });
    for (const it of await Promise.all(slow)) expect(it).toMatchObject({ code: "ERR_STATEMENT_TIMEOUT" });
    expect((await call(small, query, { sql: "select 1" }, "initech")).rows).toEqual([[1]]);
  });

  it("lets the calls of a tenant wait for their turn", async () => {
    const small = open({ maxConnections: 2, maxConnectionsPerTenant: 2, acquireTimeoutMs: 30_000 });
    const short = "select count(*) from generate_series(1, 300000) as g(n)";
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(small, query, { sql: short })));
    expect(answers.map((it) => it.rows)).toEqual(Array.from({ length: 10 }, () => [["300000"]]));
  });

  it("leaves nothing on a connection for the next", async () => {
    await createDatabase(server, "managed");
    const single = servicesOf(server, "managed", { maxConnections: 1, maxConnectionsPerTenant: 1 });
    const signal = new AbortController().signal;
    // Below the tool, as if the check of statements were not there.
    const own = "select pg_backend_pid(), current_setting('application_name')";
    const first = await single.database.read(contextOf("acme"), signal, async (it) => {
      const { rows } = await it.run(own);
      await it.run("select pg_advisory_lock(1)");
      await it.run("set session application_name = 'left behind'");
      await it.run("prepare left_behind as select 1");
      return rows;
    });
    const locks = () => server.asAdmin("managed", (it) => it.query("select from pg_locks where locktype = 'advisory'"));
    expect((await locks()).rowCount).toBe(0);
    const [next, prepared] = await single.database.read(contextOf("globex"), signal, async (it) => [
      (await it.run(own)).rows,
      (await it.run("select name from pg_prepared_statements")).rows,
    ]);
    expect([next, prepared]).toEqual([first, []]);
    await single.database.close();
  });

  it("explains without estimates, and never shows what is not the tenant's", async () => {
    const { plan } = await call(services, explain, { sql: "select * from customer where id = $1", parameters: [4242] });
    expect(JSON.stringify(plan)).toContain("current_tenant");
    expect(JSON.stringify(plan)).not.toMatch(/Cost|Plan Rows|Actual|globex/i);
    await expect(call(services, explain, { sql: "select * from pg_class" })).rejects.toMatchObject({
      code: "ERR_STATEMENT_REFUSED",
    });
  });

  it("describes the tables by tool and by resource, with one answer for all that is not there", async () => {
    const listed = await call(services, listTablesTool, {});
    expect(listed.tables.map((it) => it.name)).toEqual(["customer", "invoice", "order"]);
    const { tables: described } = await call(services, describeSchema, { table: "order" });
    expect(described[0]).toMatchObject({ primaryKey: ["tenant_id", "id"], references: [{ table: "customer" }] });
    const own = {
      context: contextOf("acme"),
      signal: new AbortController().signal,
      services,
      protocol: undefined as never,
    };
    const found = await tables.read(new URL("database://tables"), {}, own);
    expect(JSON.stringify(found)).toContain("Who buys");
    expect(await table.list?.(own)).toHaveLength(3);
    for (const name of ["pg_class", "seal_key", "nothing", "x' or true --"]) {
      const missing = { code: "ERR_TABLE_UNKNOWN" };
      await expect(table.read(new URL("database://tables/x"), { name }, own)).rejects.toMatchObject(missing);
      await expect(call(services, describeSchema, { table: name })).rejects.toMatchObject(missing);
    }
  });

  it("tells what is wrong with a statement, and nothing of the server behind it", async () => {
    await expect(call(services, query, { sql: "select nam from customer" })).rejects.toMatchObject({
      code: "ERR_STATEMENT_FAILED",
      clientMessage: 'column "nam" does not exist (SQLSTATE 42703, character 8)',
    });
  });

  it("fails cleanly while the server is down, and works again after", async () => {
    expect((await call(services, query, { sql: "select 1" })).rows).toEqual([[1]]);
    const asked = call(services, query, { sql: SLOW }).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.stop();
    expect(await asked).toMatchObject({ code: "ERR_DATABASE_UNAVAILABLE" });
    await expect(call(services, query, { sql: "select 1" })).rejects.toMatchObject({
      code: "ERR_DATABASE_UNAVAILABLE",
      clientMessage: "the database cannot be reached at the moment; try again in a few seconds",
    });
    await server.start();
    expect((await call(services, query, { sql: "select 1" })).rows).toEqual([[1]]);
  });
});
