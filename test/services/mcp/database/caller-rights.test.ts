import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS } from "../../../../contracts/identity/permissions.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { seedDatabase } from "../../../../sandbox/data-plane/database/seed.ts";
import { readFile } from "node:fs/promises";
import { readKeys } from "../../../../services/mcp/database/tenancy/database-keys.ts";
import type { DatabaseServices } from "../../../../services/mcp/database/services.ts";
import { rightsOf } from "../../../../services/mcp/database/tenancy/caller-rights.ts";
import { tenantSeal } from "../../../../services/mcp/database/tenancy/seal.ts";
import { runText, type TenantTransaction } from "../../../../services/mcp/database/tenancy/session.ts";
import { describeTable } from "../../../../services/mcp/database/catalogue.ts";
import { makeChange } from "../../../../services/mcp/database/tools/make-change.ts";
import type { TenantContext } from "../../../../services/libraries/service-kit/tenant-context.ts";
import { contextOf, servicesOf } from "./database-fixture.ts";

const signal = new AbortController().signal;
const limited = PERMISSIONS.filter((it) => it !== "read:personal-data");
const { tenantId, clientId, scopes, permissions, requestId, correlationId } = contextOf("acme-corp");
const nobody: TenantContext = { tenantId, clientId, scopes, permissions: permissions ?? [], requestId, correlationId };
const caller = (changes: Partial<TenantContext>): TenantContext => ({ ...nobody, ...changes });
const staff = caller({ kind: "developer", userId: "u-dev" });
const partner = (...ids: number[]): TenantContext =>
  caller({
    kind: "partner",
    organizationId: "org-parts",
    permissions: [...PERMISSIONS, ...ids.map((it) => `customer:cus-${it}`)],
  });
const consumer = (id: number): TenantContext => caller({ kind: "consumer", userId: `u-customer-${id}` });

describe("what a caller sees of the laptop's own business, which is set up as the cloud's databases are", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "alicerce-rights-"));
  let server: EmbeddedPostgres;
  let services: DatabaseServices;
  let sealKey: Buffer;

  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    const secretFile = path.join(folder, "keys");
    const tenants = [
      { id: "acme-corp", residency: "us" },
      { id: "xyz-gmbh", residency: "eu" },
    ] as const;
    await server.asAdmin("postgres", (client) => seedDatabase(client, { tenants, secretFile }));
    sealKey = readKeys(await readFile(secretFile, "utf8")).sealKey;
    const own = servicesOf(server, "postgres", { sealKey });
    services = { ...own, writableTables: new Set(["customers", "orders"]) };
  });
  afterAll(async () => {
    await services.database.close();
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  const read = <Result>(context: TenantContext, work: (it: TenantTransaction) => Promise<Result>): Promise<Result> =>
    services.database.read(context, signal, work);
  const rows = (context: TenantContext, sql: string) => read(context, async (it) => (await it.run(sql)).rows);
  const customers = (context: TenantContext) =>
    rows(context, "select distinct customer_id from business.orders order by 1");
  const change = (context: TenantContext, it: Parameters<typeof makeChange>[0], key: string) =>
    makeChange(it, { dryRun: false, idempotencyKey: key }, { context, signal, services });

  it("is everything of the tenant for its people and its systems", async () => {
    const all = await rows(staff, "select count(*) from business.customers");
    expect(Number(all[0]?.[0])).toBeGreaterThan(10);
    expect(await rows(caller({ kind: "machine" }), "select count(*) from business.customers")).toEqual(all);
    expect(await rows(staff, "select distinct tenant_id from business.customers")).toEqual([["acme-corp"]]);
  });

  it("is the rows of a partner's customers, and what refers to them", async () => {
    expect(await rows(partner(3), "select reference from business.customers")).toEqual([["cus-3"]]);
    expect(await customers(partner(3))).toEqual([["3"]]);
    expect(await rows(partner(4, 3), "select reference from business.customers order by id")).toEqual([
      ["cus-3"],
      ["cus-4"],
    ]);
    const others =
      "select count(*) from business.order_lines l where not exists (select from business.orders o where o.id = l.order_id and o.customer_id = 3)";
    expect(await rows(partner(3), others)).toEqual([["0"]]);
    const [[lines] = []] = await rows(partner(3), "select count(*) from business.order_lines");
    const [[expected] = []] = await rows(
      staff,
      "select count(*) from business.order_lines l join business.orders o on o.id = l.order_id where o.customer_id = 3",
    );
    expect([lines, Number(lines) > 0]).toEqual([expected, true]);
  });

  it("is a consumer's own rows", async () => {
    expect(await rows(consumer(2), "select reference from business.customers")).toEqual([["cus-2"]]);
    expect(await rows(consumer(3), "select reference from business.customers")).toEqual([]);
  });

  it.each<[string, Partial<TenantContext>]>([
    ["a partner who acts for nobody", { kind: "partner", permissions: PERMISSIONS }],
    ["a consumer without an id", { kind: "consumer" }],
    [
      "a consumer who says that he acts for a customer",
      { kind: "consumer", userId: "u", permissions: ["customer:cus-3"] },
    ],
    ["a partner with the id of a person", { kind: "partner", userId: "u-customer-2", permissions: [] }],
    ["somebody of whom nothing is known", {}],
  ])("is nobody's rows for %s", async (_who, changes) => {
    expect(await rows(caller(changes), "select reference from business.customers")).toEqual([]);
    expect(await customers(caller(changes))).toEqual([]);
  });

  it("is nothing of another tenant's customer of the same name", async () => {
    const [[name] = []] = await rows({ ...partner(3), tenantId: "xyz-gmbh" }, "select name from business.customers");
    expect(await rows(partner(3), "select name from business.customers")).not.toEqual([[name]]);
  });

  describe("SQL that gives itself other rights below the tool", () => {
    const all = JSON.stringify({ sees: "all", ids: [], role: "mcp_reader" });
    const other = JSON.stringify({ sees: "own", ids: ["cus-4"], role: "mcp_reader" });
    it.each([
      ["names itself one who sees all", `select set_config('app.caller', '${all}', true)`],
      ["names another customer", `select set_config('app.caller', '${other}', true)`],
      ["names nobody", "select set_config('app.caller', '', true)"],
      ["names nobody by what is no JSON", "select set_config('app.caller', 'null', true)"],
      ["takes the role of a writer", "select set_config('role', 'mcp_writer', true)"],
      ["takes no role", "select set_config('role', 'none', true)"],
      [
        "makes up a seal",
        `select set_config('app.caller', '${all}', true), set_config('app.tenant_seal', '${"0".repeat(64)}', true)`,
      ],
      [
        "moves the caller into the tenant",
        `select set_config('app.tenant_id', E'acme-corp\\n1\\n1', true), set_config('app.caller', '', true)`,
      ],
    ])("and %s sees nothing any more", async (_what, sql) => {
      const attempt = read(partner(3), async (it) => {
        await it.run(sql);
        return it.run("select reference from business.customers");
      });
      await expect(attempt).rejects.toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
    });

    it.each([
      ["the caller", `set_config('app.caller', '${all}', true)`],
      ["the role", "set_config('role', 'mcp_reader', true)"],
    ])("and changes %s in the very statement that reads gains nothing", async (_what, setting) => {
      const context = { ...partner(3), permissions: [...limited, "customer:cus-3"] };
      for (const column of ["reference", "email"]) {
        const sql = `select c.${column} from (select ${setting} offset 0) s, business.customers c`;
        const answer = await rows(context, sql).catch((error: unknown) => error);
        if (Array.isArray(answer)) expect(answer).toEqual(column === "reference" ? [["cus-3"]] : []);
        else expect(answer).toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
      }
    });

    it("and uses the seal of a colleague's transaction is refused", async () => {
      const rights = JSON.stringify(rightsOf(staff, "read"));
      const seal = tenantSeal(sealKey, { tenantId: "acme-corp", backend: "1", began: "1", caller: rights });
      const attempt = read(partner(3), async (it) => {
        await it.run("select set_config('app.caller', $1, true), set_config('app.tenant_seal', $2, true)", [
          rights,
          seal,
        ]);
        return it.run("select reference from business.customers");
      });
      await expect(attempt).rejects.toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
    });
  });

  describe("a write", () => {
    const note = { currency: "USD", placed_at: "2026-01-01T00:00:00Z", status: "placed", total: 1 };
    it("is for the partner's own customer, and for no other", async () => {
      const insert = (id: number, customer_id: number) =>
        ({ kind: "insert", table: "orders", rows: [{ id, customer_id, ...note }] }) as const;
      expect(await change(partner(3), insert(900_001, 3), "partner-3-first")).toMatchObject({ affected: 1 });
      await expect(change(partner(3), insert(900_002, 4), "partner-3-other")).rejects.toMatchObject({
        code: "ERR_STATEMENT_REFUSED",
      });
      expect(await rows(staff, "select id from business.orders where id > 900000")).toEqual([["900001"]]);
    });

    it("changes no row of another customer, nor gives one's own away", async () => {
      const [[foreign] = []] = await rows(staff, "select id from business.orders where customer_id = 4 limit 1");
      const cancel = {
        kind: "update",
        table: "orders",
        where: { id: Number(foreign) },
        set: { status: "cancelled" },
      } as const;
      expect(await change(partner(3), cancel, "partner-3-cancels")).toMatchObject({ affected: 0 });
      const [[own] = []] = await rows(partner(3), "select id from business.orders limit 1");
      const give = { kind: "update", table: "orders", where: { id: Number(own) }, set: { customer_id: 4 } } as const;
      await expect(change(partner(3), give, "partner-3-gives-away")).rejects.toMatchObject({
        code: "ERR_STATEMENT_REFUSED",
      });
    });

    it("that was answered to one partner is not told to another who uses the same key", async () => {
      const [[own] = []] = await rows(partner(3), "select id from business.orders limit 1");
      const ship = { kind: "update", table: "orders", where: { id: Number(own) }, set: { status: "shipped" } } as const;
      expect(await change(partner(3), ship, "one-key-for-both")).toMatchObject({ affected: 1, replayed: false });
      expect(await change(partner(4), ship, "one-key-for-both")).toMatchObject({
        affected: 0,
        replayed: false,
        rows: [],
      });
      expect(await change(partner(3), ship, "one-key-for-both")).toMatchObject({ affected: 1, replayed: true });
    });
  });

  describe("columns with personal data", () => {
    const operator = caller({ kind: "developer", userId: "u-ops", permissions: limited });
    it("are read by those who are permitted to, and by nobody else in any way", async () => {
      expect(await rows(staff, "select email from business.customers where id = 1")).toEqual([
        ["customer.1@example.com"],
      ]);
      for (const sql of [
        "select email from business.customers",
        "select * from business.customers",
        "select c from business.customers c",
        "select to_jsonb(c) from business.customers c",
        "select id from business.customers where email like 'customer.1@%'",
        "select id from business.customers order by email",
        "select (c).email from business.customers c",
        "table business.customers",
      ])
        await expect(rows(operator, sql), sql).rejects.toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
      expect(await rows(operator, "select name from business.customers where id = 1")).toHaveLength(1);
    });

    it("are not among those that the tools tell of, and the others are", async () => {
      const names = async (context: TenantContext) =>
        (await read(context, (it) => describeTable(it, "customers"))).columns.map(({ name }) => name);
      expect(await names(staff)).toContain("email");
      expect(await names(operator)).toEqual((await names(staff)).filter((it) => it !== "email"));
    });

    it("are neither written nor told by a change", async () => {
      const rename = { kind: "update", table: "customers", where: { id: 1 }, set: { name: "Anna" } } as const;
      const answer = await change(operator, rename, "operator-renames");
      expect([answer.affected, answer.columns.includes("email")]).toEqual([1, false]);
      const write = { ...rename, set: { email: "me@example.com" } };
      await expect(change(operator, write, "operator-writes")).rejects.toMatchObject({ name: "DatabaseProblem" });
    });
  });

  it("is nothing with limited rows for a release that does not say who calls, and what is not limited as before", async () => {
    await server.asAdmin("postgres", async (client) => {
      await client.query("BEGIN; SET LOCAL ROLE mcp_owner");
      await client.query(
        "CREATE TABLE business.plain (tenant_id text, id int, PRIMARY KEY (tenant_id, id)); SELECT app.protect_table('business.plain')",
      );
      await client.query("COMMIT");
      await client.query("BEGIN");
      const { rows: own } = await runText(
        client as never,
        "SELECT pg_backend_pid(), extract(epoch FROM transaction_timestamp())",
      );
      const [backend = "", began = ""] = own[0] ?? [];
      const { createHmac } = await import("node:crypto");
      const seal = createHmac("sha256", sealKey).update(["acme-corp", backend, began].join("\n")).digest("hex");
      await client.query(
        "SELECT set_config('app.tenant_id', 'acme-corp', true), set_config('app.tenant_seal', $1, true), set_config('role', 'mcp_reader', true)",
        [seal],
      );
      expect((await client.query("select * from business.customers")).rows).toEqual([]);
      expect((await client.query("select * from business.plain")).rows).toEqual([]);
      await client.query("ROLLBACK");
    });
  });
});
