import { describe, expect, it } from "vitest";
import { checkStatement } from "../../../../../services/mcp/database/statements/statement.ts";
import { openPageToken, pageToken } from "../../../../../services/mcp/database/pages/page-token.ts";
import { jsonOf } from "../../../../../services/mcp/database/statements/values.ts";

const ACCEPTED: readonly [sql: string, parameters?: number][] = [
  ["select 1"],
  ["SELECT count(*) FILTER (WHERE id > 1) OVER (PARTITION BY name) FROM customer"],
  ["with a (x) as (select 1), b as materialized (select 2) select * from a, b"],
  ["values (1, 'a;b'), (2, $x$ set_config(';') $x$)"],
  ["select * from generate_series(1, 3) as g(n)"],
  ["select cast(1 as numeric(10, 2)), 'a'::varchar(3) -- set_config('a')"],
  ["select /* /* nested */ pg_sleep(1) */ 1"],
  ["select 'it''s', E'\\' set_config(1)', \"odd \"\" name\" from t"],
  ["select $1::int + $2::int", 2],
  ["(select 1) union (select 2)"],
  ["table customer"],
  ["select pg_catalog . /* x */ lower ('a')"],
  ["select 1 operator(pg_catalog.+) 1"],
];

const REFUSED: readonly [sql: string, parameters?: number][] = [
  [""],
  ["-- nothing"],
  ["delete from customer"],
  ["select 1; drop table customer"],
  ["select 1;"],
  ["; select 1"],
  [" ; ; select 1"],
  ["select set_config('app.tenant_id', 'globex', true)"],
  ["select SET_CONFIG ('a', 'b', true)"],
  ["select \"set_config\"('a', 'b', true)"],
  ["select pg_catalog.set_config('a', 'b', true)"],
  ["select set_config/* */\n('a', 'b', true)"],
  ["select set_config--\n('a', 'b', true)"],
  ["select 1set_config('a', 'b', true)"],
  ["select U&\"set\\005fconfig\"('a', 'b', true)"],
  ["select ''set_config('a', 'b', true)"],
  ["select e'\\'', set_config('a', 'b', true) --'"],
  ["select $a$ $b$ $a$, set_config('a', 'b', true) --$a$"],
  ["select '\\', set_config('a', 'b', true) --'"],
  ["select query_to_xml('select 1', true, true, '')"],
  ["select 1) as x, (select 2"],
  ["select /* open"],
  ["select 'open"],
  ["select $$ open"],
  ["select $1", 0],
  ["select 1", 1],
  ["select \0 1"],
  ["select 'a\ud800'"],
  ["do $$ begin end $$"],
  ["copy customer to stdout"],
];

describe("a statement", () => {
  it.each(ACCEPTED.map(([sql, count = 0]) => ({ sql, count })))("is accepted: $sql", async ({ sql, count }) => {
    expect((await checkStatement(sql, count)).highestParameter).toBe(count);
  });

  it.each(REFUSED.map(([sql, count = 0]) => ({ sql, count })))("is refused: $sql", async ({ sql, count }) => {
    await expect(checkStatement(sql, count)).rejects.toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
  });

  it("that is nested without end is refused, and none suffers that comes after it", async () => {
    for (const sql of [
      `select 1${"+1".repeat(9_990)}`,
      `select ${"not ".repeat(4_900)}true`,
      `select ${"f(".repeat(6_000)}${")".repeat(6_000)}`,
    ])
      for (let i = 0; i < 20; i++) {
        await expect(checkStatement(sql, 0), sql.slice(0, 20)).rejects.toMatchObject({ code: "ERR_STATEMENT_REFUSED" });
        expect((await checkStatement("select id + 1 from customer", 0)).operators).toEqual(new Set(["+"]));
      }
  });

  it("is refused for the log without anything that stands in it", async () => {
    for (const sql of ["select 'zoe@example.com", "select zoe(1)", "select 1 'zoe@example.com'", "select 'x'::zoe"])
      await expect(checkStatement(sql, 0)).rejects.toMatchObject({
        message: expect.not.stringContaining("zoe") as string,
        clientMessage: expect.stringMatching(/^the statement (cannot be read: |may not )/) as string,
      });
  });
});

const nested = (depth: number, column: string) =>
  `select length(s) from (${`select ${column} as s from (`.repeat(depth)}select name as s from customer${") a".repeat(depth)}) z`;

describe("a statement that grows in its plan", () => {
  it.each([
    ["by a column of a subquery that is used twice", nested(22, "s || s")],
    ["by one that is used often", nested(5, Array.from({ length: 12 }, () => "s").join(" || "))],
    [
      "by common table expressions",
      `with a0 as (select name as s from customer)${Array.from({ length: 22 }, (_, i) => `, a${i + 1} as (select s || s as s from a${i})`).join("")} select s from a22`,
    ],
    [
      "by lateral subqueries",
      `select * from customer a0 (s)${Array.from({ length: 22 }, (_, i) => `, lateral (select a${i}.s || a${i}.s as s) a${i + 1}`).join("")}`,
    ],
    [
      "in a union within a subquery",
      `select s from (select 1 as s union ${nested(22, "s || s").replace("length(s)", "s")}) x`,
    ],
    ["in a subquery of an expression", `select (${nested(22, "s || s")})`],
    ["in a join", `select 1 from customer c join (${nested(22, "s || s")}) x on true`],
  ])("%s is refused", async (_, sql) => {
    await expect(checkStatement(sql, 0)).rejects.toMatchObject({
      clientMessage: "the statement repeats its subqueries too often",
    });
  });

  it("is looked at in no more time than it takes to read", async () => {
    const sql = `select ${"(select (".repeat(100)}1${"))".repeat(100)}`;
    await expect(checkStatement(sql, 0)).resolves.toBeTypeOf("object");
  });

  it("is not taken for one that only uses many columns in many steps", async () => {
    const columns = Array.from({ length: 30 }, (_, i) => `coalesce(c${i}, c${i} + 1) as c${i}`).join(", ");
    const steps = Array.from({ length: 8 }, (_, i) => `, a${i + 1} as (select ${columns} from a${i} where c1 > c2)`);
    await expect(
      checkStatement(`with a0 as (select * from customer)${steps.join("")} select c1 from a8`, 0),
    ).resolves.toBeTypeOf("object");
  });
});

describe("a page token", () => {
  const key = Buffer.alloc(32, 1);
  const page = { tenantId: "acme", sql: "select 1", parameters: ["a"], order: { columns: ["id"] } };
  const token = pageToken(key, page, ["customer-17"]);

  it("opens for its own query and says nothing by itself", () => {
    expect(openPageToken(key, page, token)).toEqual(["customer-17"]);
    expect(Buffer.from(token, "base64url").toString("latin1")).not.toContain("customer-17");
  });

  it.each([
    ["another tenant", { ...page, tenantId: "globex" }, token],
    ["another statement", { ...page, sql: "select 2" }, token],
    ["other parameters", { ...page, parameters: ["b"] }, token],
    ["another order", { ...page, order: { columns: ["name"] } }, token],
    ["a changed token", page, `${token.slice(0, -2)}AA`],
    ["a short token", page, "AAAA"],
    ["another alphabet", page, `${token}=`],
    ["no token", page, ""],
  ])("does not open for %s", (_case, other, given) => {
    expect(() => openPageToken(key, other, given)).toThrow(expect.objectContaining({ code: "ERR_CURSOR_INVALID" }));
  });

  it("does not open at any place with one bit changed", () => {
    const bytes = Buffer.from(token, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => openPageToken(key, page, changed.toString("base64url"))).toThrow();
    }
  });
});

describe("numbers within JSON", () => {
  it.each([
    ["1", 1],
    ["1.50", 1.5],
    ["15e-1", 1.5],
    ["0.1", 0.1],
    ["1e21", 1e21],
    ["9007199254740993", "9007199254740993"],
    ["0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"],
    ["-0", "-0"],
    ["1e999", "1e999"],
  ])("%s is %s", (text, value) => {
    expect(jsonOf(`{"a":${text}}`, 3802)).toEqual({ a: value });
  });
});
