import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPage } from "../../../../services/mcp/database/pages/page.ts";
import type { DatabaseServices } from "../../../../services/mcp/database/services.ts";
import { runText } from "../../../../services/mcp/database/tenancy/session.ts";
import { explain } from "../../../../services/mcp/database/tools/explain.ts";
import { query } from "../../../../services/mcp/database/tools/query.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { call, contextOf, createDatabase, digestOf, servicesOf, type Kind } from "./database-fixture.ts";
import { ATTACKS, FRAGMENTS } from "./hostile-sql.ts";

const KINDS: readonly Kind[] = ["own", "managed"];
const SECRET = /globex-secret|474c4f4245582d534543524554/i;
const signal = new AbortController().signal;

describe("whatever a tenant asks", () => {
  let server: EmbeddedPostgres;
  const services = new Map<Kind, DatabaseServices>();

  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    for (const kind of KINDS) {
      await createDatabase(server, kind);
      services.set(kind, servicesOf(server, kind, { statementTimeoutMs: 1_000 }));
    }
  });
  afterAll(async () => {
    for (const it of services.values()) await it.database.close();
    await server.remove();
  });

  /** Asks by the tool, and again below it, where only PostgreSQL itself is in the way. */
  async function answersTo(kind: Kind, sql: string): Promise<string> {
    const own = services.get(kind)!;
    const page = (it: Parameters<Parameters<typeof own.database.read>[2]>[0]) =>
      readPage(it, { sql, parameters: [] }, own.limits);
    const attempts = [
      () => call(own, query, { sql }),
      () => call(own, explain, { sql }),
      () => call(own, query, { sql, orderBy: { columns: ["id"] } }),
      () => own.database.read(contextOf("acme"), signal, page),
      () => own.database.read(contextOf("acme"), signal, (it) => it.run(sql)),
    ];
    const answers = [];
    for (const attempt of attempts)
      answers.push(
        await attempt().catch((error: unknown) => {
          expect(error).toMatchObject({ name: "DatabaseProblem" });
          return { refused: (error as { clientMessage: string }).clientMessage, because: String(error) };
        }),
      );
    return JSON.stringify(answers);
  }

  describe.each(KINDS)("of a server whose functions are %s", (kind) => {
    it("shows it all of its own rows and no other", async () => {
      const mine = await call(services.get(kind)!, query, { sql: "select id from customer order by id" });
      expect(mine.rows).toEqual([[1], [2], [3]]);
      const other = await call(services.get(kind)!, query, { sql: "select name from customer" }, "globex");
      expect(other.rows).toEqual([["GLOBEX-SECRET-1"], ["GLOBEX-SECRET-2"]]);
    });

    it.each(ATTACKS)("does not give way to %s", async (sql) => {
      const before = await digestOf(server, kind);
      expect(await answersTo(kind, sql)).not.toMatch(SECRET);
      expect(await digestOf(server, kind)).toBe(before);
      const clean = await call(services.get(kind)!, query, { sql: "select name from customer order by id" });
      expect(clean.rows).toEqual([["Ann"], ["Bob"], ["Cid"]]);
    });

    it("refuses each of these attacks by the tool itself, but for those that only ask for what is theirs", async () => {
      for (const sql of ATTACKS.filter((it) => !it.includes("/* harmless */")))
        await expect(call(services.get(kind)!, query, { sql }), sql).rejects.toMatchObject({ name: "DatabaseProblem" });
    });

    it("never gives way to hostile SQL of any make", async () => {
      const before = await digestOf(server, kind);
      const hostile = fc.oneof(
        fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 12 }).map((it) => `select ${it.join(" ")}`),
        fc.array(fc.constantFrom(...FRAGMENTS, ...ATTACKS), { minLength: 1, maxLength: 6 }).map((it) => it.join(" ")),
        fc.string({ unit: "binary", maxLength: 200 }),
        fc
          .constantFrom(...ATTACKS)
          .chain((it) =>
            fc
              .tuple(fc.nat(it.length), fc.constantFrom(...FRAGMENTS))
              .map(([at, more]) => it.slice(0, at) + more + it.slice(at)),
          ),
      );
      await fc.assert(
        fc.asyncProperty(hostile, async (sql) => {
          expect(await answersTo(kind, sql === "" ? " " : sql)).not.toMatch(SECRET);
        }),
        { numRuns: 400 },
      );
      expect(await digestOf(server, kind)).toBe(before);
    });

    it("gives no rows to a name without its seal, or with the seal of another transaction", async () => {
      const own = services.get(kind)!;
      const seal = await own.database.read(contextOf("globex"), signal, async (it) => {
        const { rows } = await it.run("select current_setting('app.tenant_seal')");
        return rows[0]?.[0] ?? "";
      });
      expect(seal).toMatch(/^[0-9a-f]{64}$/);
      for (const forged of [seal, "", "00", "0".repeat(64)])
        await server.asAdmin(kind, async (client) => {
          await client.query("BEGIN");
          await client.query(
            "SELECT set_config('app.tenant_id', 'globex', true), set_config('app.tenant_seal', $1, true)",
            [forged],
          );
          await client.query("SET LOCAL ROLE mcp_reader");
          await expect(runText(client as never, "select * from business.customer")).rejects.toMatchObject({
            code: "28000",
          });
          await client.query("ROLLBACK");
        });
    });

    it("holds the owner of the tables too, and gives the login itself nothing", async () => {
      await server.asAdmin(kind, async (client) => {
        await client.query("SET ROLE mcp_owner");
        await expect(client.query("select * from business.customer")).rejects.toMatchObject({ code: "28000" });
        await client.query("RESET ROLE; SET ROLE mcp_database");
        await expect(client.query("select * from business.customer")).rejects.toMatchObject({ code: "42501" });
        const { rows } = await client.query(
          "select rolname from pg_roles where rolname like 'mcp%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)",
        );
        expect(rows).toEqual([]);
        const member = await client.query("select pg_has_role('mcp_database', 'mcp_owner', 'MEMBER') as it");
        expect(member.rows).toEqual([{ it: false }]);
      });
    });
  });

  it("keeps tenants apart on one pool, whatever failed on a connection before", async () => {
    const shared = servicesOf(server, "managed", {
      maxConnections: 3,
      maxConnectionsPerTenant: 3,
      acquireTimeoutMs: 30_000,
    });
    const unlimited = { ...shared };
    const wrong = ["select 1/0 from customer", "select nothing from customer", "select id from missing"];
    const tasks = Array.from({ length: 300 }, (_, i) => async () => {
      const tenant = i % 2 === 0 ? "acme" : "globex";
      if (i % 5 === 0) {
        await expect(call(unlimited, query, { sql: wrong[i % 3]! }, tenant)).rejects.toMatchObject({
          name: "DatabaseProblem",
        });
        return;
      }
      const answer = await call(unlimited, query, { sql: "select distinct tenant_id from customer" }, tenant);
      expect(answer.rows).toEqual([[tenant]]);
    });
    const client = async (): Promise<void> => {
      for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) await task();
    };
    await Promise.all(Array.from({ length: 3 }, client));
    await shared.database.close();
  });

  it("refuses a table whose keys would tell tenants of each other", async () => {
    await server.asAdmin("own", async (client) => {
      await client.query(
        "BEGIN; SET LOCAL ROLE mcp_owner; CREATE TABLE business.leaky (id int PRIMARY KEY, tenant_id text)",
      );
      await expect(client.query("SELECT app.protect_table('business.leaky')")).rejects.toThrow(/leaves tenant_id out/);
      await client.query("ROLLBACK");
    });
  });
});
