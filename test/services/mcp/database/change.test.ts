import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DatabaseServices } from "../../../../services/mcp/database/services.ts";
import { deleteRows } from "../../../../services/mcp/database/tools/delete-rows.ts";
import { insertRows } from "../../../../services/mcp/database/tools/insert-rows.ts";
import { query } from "../../../../services/mcp/database/tools/query.ts";
import { updateRows } from "../../../../services/mcp/database/tools/update-rows.ts";
import { EmbeddedPostgres } from "../../../../sandbox/data-plane/database/embedded-postgres.ts";
import { call, createDatabase, digestOf, servicesOf } from "./database-fixture.ts";

const customer = (id: number, name = "New") => ({ table: "customer", rows: [{ id, name }] });

describe("a change", () => {
  let server: EmbeddedPostgres;
  let services: DatabaseServices;
  beforeAll(async () => {
    server = await EmbeddedPostgres.start();
    await createDatabase(server, "own");
    services = servicesOf(server, "own");
  });
  afterAll(async () => {
    await services.database.close();
    await server.remove();
  });

  const names = async (tenant: string): Promise<unknown[]> =>
    (await call(services, query, { sql: "select name from customer order by id" }, tenant)).rows.flat();

  it("is a dry run unless told otherwise: it shows what would be, and leaves all as it was", async () => {
    const before = await digestOf(server, "own");
    const added = await call(services, insertRows, customer(50));
    expect(added).toMatchObject({ dryRun: true, affected: 1, rows: [["acme", 50, "New", null, expect.any(String)]] });
    const changed = await call(services, updateRows, { table: "customer", where: { email: null }, set: { name: "Z" } });
    expect(changed).toMatchObject({ dryRun: true, affected: 1, rows: [["acme", 3, "Z", null, expect.any(String)]] });
    const gone = await call(services, deleteRows, { table: "customer", where: { id: 3 } });
    expect(gone).toMatchObject({ dryRun: true, affected: 1 });
    // A reference that is only checked at the end of a transaction.
    await expect(call(services, deleteRows, { table: "customer", where: { id: 1 } })).rejects.toMatchObject({
      code: "ERR_STATEMENT_FAILED",
      clientMessage: expect.stringContaining("23503") as string,
    });
    expect(await digestOf(server, "own")).toBe(before);
  });

  it("happens once per key, however often and at the same time it is asked for", async () => {
    const args = { ...customer(60, "Once"), dryRun: false, idempotencyKey: "key-of-once" };
    const answers = await Promise.all(Array.from({ length: 4 }, () => call(services, insertRows, args)));
    expect(answers.map((it) => it.replayed).sort()).toEqual([false, true, true, true]);
    expect(new Set(answers.map((it) => JSON.stringify(it.rows))).size).toBe(1);
    expect((await names("acme")).filter((it) => it === "Once")).toHaveLength(1);
  });

  it("refuses a key that was used for something else, and keeps the keys of tenants apart", async () => {
    const args = { ...customer(61, "Key"), dryRun: false, idempotencyKey: "key-of-two" };
    await call(services, insertRows, args);
    const conflict = { code: "ERR_IDEMPOTENCY_CONFLICT" };
    await expect(call(services, insertRows, { ...args, ...customer(62) })).rejects.toMatchObject(conflict);
    const other = { table: "customer", where: { id: 61 }, dryRun: false, idempotencyKey: "key-of-two" };
    await expect(call(services, deleteRows, other)).rejects.toMatchObject(conflict);
    expect(await call(services, insertRows, args, "globex")).toMatchObject({ replayed: false, affected: 1 });
  });

  it("that failed can be tried again with its key", async () => {
    const args = { ...customer(1), dryRun: false, idempotencyKey: "key-of-failure" };
    await expect(call(services, insertRows, args)).rejects.toMatchObject({ code: "ERR_STATEMENT_FAILED" });
    expect(await call(services, insertRows, { ...args, ...customer(63) })).toMatchObject({ replayed: false });
  });

  it("touches only the rows of its tenant", async () => {
    const before = await names("globex");
    const set = { table: "customer", set: { name: "Mine" }, dryRun: false };
    expect(
      await call(services, updateRows, { ...set, where: { id: 4242 }, idempotencyKey: "key-of-other" }),
    ).toMatchObject({ affected: 0 });
    expect(
      await call(services, deleteRows, {
        table: "customer",
        where: { id: 4242 },
        dryRun: false,
        idempotencyKey: "key-of-gone",
      }),
    ).toMatchObject({ affected: 0 });
    // The same id exists in both: a key that spanned tenants would tell.
    expect(await call(services, insertRows, customer(4242))).toMatchObject({ affected: 1 });
    expect(await names("globex")).toEqual(before);
  });

  const refusals: [string, () => [typeof insertRows, object], string][] = [
    [
      "a table that may not be changed",
      () => [insertRows, { ...customer(70), table: "app.idempotency" }],
      "ERR_CHANGE_REFUSED",
    ],
    [
      "the tenant as a column",
      () => [insertRows, { table: "customer", rows: [{ tenant_id: "globex", id: 7, name: "x" }] }],
      "ERR_CHANGE_REFUSED",
    ],
    [
      "the tenant to be set",
      () => [updateRows, { table: "customer", where: { id: 1 }, set: { tenant_id: "globex" } }],
      "ERR_CHANGE_REFUSED",
    ],
    [
      "the tenant to choose by",
      () => [deleteRows, { table: "customer", where: { tenant_id: "globex" } }],
      "ERR_CHANGE_REFUSED",
    ],
    [
      "a column that is SQL",
      () => [updateRows, { table: "customer", where: { 'id" = 1 or "id': 1 }, set: { name: "x" } }],
      "ERR_CHANGE_REFUSED",
    ],
    ["no condition", () => [deleteRows, { table: "customer", where: {} }], "ERR_CHANGE_REFUSED"],
    ["nothing to set", () => [updateRows, { table: "customer", where: { id: 1 }, set: {} }], "ERR_CHANGE_REFUSED"],
    [
      "uneven rows",
      () => [insertRows, { table: "customer", rows: [{ id: 7, name: "x" }, { id: 8 }] }],
      "ERR_CHANGE_REFUSED",
    ],
    [
      "an object where text belongs",
      () => [insertRows, { table: "customer", rows: [{ id: 7, name: { a: 1 } }] }],
      "ERR_CHANGE_REFUSED",
    ],
    ["a change without key", () => [insertRows, { ...customer(7), dryRun: false }], "ERR_CHANGE_REFUSED"],
    [
      "too many rows",
      () => [
        insertRows,
        { table: "customer", rows: Array.from({ length: 11 }, (_, i) => ({ id: 100 + i, name: "x" })) },
      ],
      "ERR_CHANGE_TOO_LARGE",
    ],
    [
      "a value of the wrong type",
      () => [insertRows, { table: "customer", rows: [{ id: "x", name: "x" }] }],
      "ERR_STATEMENT_FAILED",
    ],
    [
      "a check that fails",
      () => [insertRows, { table: "order", rows: [{ id: 1, customer_id: 1, total: "-1" }] }],
      "ERR_STATEMENT_FAILED",
    ],
    [
      "a reference to another tenant's row",
      () => [insertRows, { table: "order", rows: [{ id: 1, customer_id: 4242, total: "1" }] }],
      "ERR_STATEMENT_FAILED",
    ],
  ];
  it.each(refusals)("is refused for %s", async (_case, make, code) => {
    const before = await digestOf(server, "own");
    const [tool, args] = make();
    await expect(call(services, tool, args)).rejects.toMatchObject({ code });
    expect(await digestOf(server, "own")).toBe(before);
  });

  it("keeps exact values: numbers, bytes and JSON come back as they were given", async () => {
    const detail = { big: "12345678901234567890", text: "'; drop table customer; --", nested: [1, null] };
    const args = { dryRun: false, idempotencyKey: "key-of-values" };
    await call(services, insertRows, {
      table: "order",
      rows: [{ id: "9007199254740993", customer_id: 1, total: "1234567890123456.7891", detail }],
      ...args,
    });
    const found = await call(services, query, { sql: 'select id, total, detail from "order" where id > 100' });
    expect(found.rows).toEqual([["9007199254740993", "1234567890123456.7891", detail]]);
    const document = Buffer.from([0, 255, 39, 92]).toString("base64");
    await call(services, insertRows, {
      table: "invoice",
      rows: [{ number: "B", order_id: 10, document }],
      dryRun: false,
      idempotencyKey: "key-of-bytes",
    });
    const bytes = await call(services, query, {
      sql: "select document from invoice where number = $1",
      parameters: ["B"],
    });
    expect(bytes.rows).toEqual([[document]]);
  });
});
