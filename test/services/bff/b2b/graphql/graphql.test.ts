import { buildSchema, getIntrospectionQuery, parse, validate } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { queryLimits } from "../../../../../services/bff/b2b/graphql/query-limits.ts";
import { admitPartner } from "../../../../../services/bff/b2b/partners/admission.ts";
import { type ApiFixture, apiFixture } from "../api/api-fixture.ts";
import { callsOf } from "../api/api-calls.ts";

let it: ApiFixture;
beforeAll(async () => {
  it = await apiFixture();
});
afterAll(() => it.close());

const { send, place } = callsOf(() => it);
const ask = (query: string, more: { as?: "paper-mill"; key?: string; variables?: object } = {}) =>
  send("/v1/graphql", {
    method: "POST",
    json: { query, ...(more.variables && { variables: more.variables }) },
    ...more,
  });
const codes = ({ json }: Awaited<ReturnType<typeof ask>>) =>
  ((json["errors"] ?? []) as { extensions?: { code?: string } }[]).map(({ extensions }) => extensions?.code);

test("a partner reads its orders with the products of their lines, and no other partner's", async () => {
  const { json } = await place({ json: { lines: [{ sku: "spade", quantity: 3 }] } });
  const query = `query ($id: ID!) { order(id: $id) { id lines { quantity product { name price { cents } } } } orders(limit: 100) { id } }`;
  const own = await ask(query, { variables: { id: json["id"] } });
  expect(own.json).toMatchObject({
    data: { order: { id: json["id"], lines: [{ quantity: 3, product: { name: "Garden spade" } }] } },
  });
  expect(own.text).toContain(String(json["id"]));
  const foreign = await ask(query, { variables: { id: json["id"] }, as: "paper-mill" });
  expect(foreign.json).toMatchObject({ data: { order: null } });
  expect(foreign.text).not.toContain(String(json["id"]));
});

test("products are found and read; what is not sold is null", async () => {
  const answer = await ask(
    '{ products(category: GARDEN) { sku } product(sku: "pan") { category } none: product(sku: "nothing") { sku } }',
  );
  expect(answer.json).toEqual({ data: { products: [{ sku: "spade" }], product: { category: "KITCHEN" }, none: null } });
});

test("each field needs the scope of its resource; nobody without a key asks anything, not even what there is", async () => {
  const { store, by } = it.partners.acme;
  const account = { id: "looker", name: "Looker", customerId: "cus-1", tier: "basic" } as const;
  const { key } = await admitPartner(store, by, { account, scopes: ["products:read"] });
  const answer = await ask('{ products(limit: 1) { sku } order(id: "ord-1001") { id } }', { key });
  expect([answer.json["data"], codes(answer)]).toEqual([{ products: [{ sku: "atlas" }], order: null }, ["FORBIDDEN"]]);
  const introspection = "{ __schema { types { name } } }";
  expect((await ask(introspection, { key: "" })).status).toBe(401);
  expect((await ask(getIntrospectionQuery())).text).toContain("OrderLine");
});

test.each<[string, string, RegExp]>([
  [
    "of a schema that asks for itself again and again",
    `{ __schema { types { ${"fields { type { ".repeat(4)} name ${"} }".repeat(4)} } } }`,
    /Maximum introspection depth exceeded/,
  ],
  [
    "with many aliases",
    `{ ${Array.from({ length: 11 }, (_, i) => `a${i}: product(sku: "pan") { sku }`).join(" ")} }`,
    /aliases 11, at most 10/,
  ],
  [
    "costly",
    "{ orders(limit: 100) { id status placedAt note lines { sku quantity product { sku name category price { cents currency } } } } a: orders(limit: 100) { id lines { sku product { sku } } } }",
    /cost 1902, at most 1500/,
  ],
  [
    "costly by a variable",
    "query ($n: Int) { orders(limit: $n) { id status placedAt note lines { sku quantity product { sku name category } } } products(limit: $n) { sku name category price { cents currency } } }",
    /cost 1702, at most 1500/,
  ],
  [
    "of fragments within fragments",
    `{ ...F0 } ${Array.from({ length: 30 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(" ")} fragment F30 on Query { products { sku } }`,
    /cost \d+, at most 1500/,
  ],
  ["of a fragment that contains itself", "{ ...F } fragment F on Query { ...F }", /Cannot spread fragment/],
])("a query that is %s is refused before a tool is called", async (_, query, message) => {
  const before = it.shop.answered.length;
  const answer = await ask(query);
  expect([answer.status, answer.json["data"]]).toEqual([400, undefined]);
  expect(answer.text).toMatch(message);
  expect(it.shop.answered.length).toBe(before);
});

test("what is no query is refused: a list, a hash, a GET, too much, no GraphQL, arguments out of their limits", async () => {
  const post = (body: string) => send("/v1/graphql", { method: "POST", body });
  expect((await post('[{"query":"{ products { sku } }"}]')).status).toBe(422);
  expect((await post('{"query":"{a}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}')).status).toBe(
    422,
  );
  expect((await send("/v1/graphql?query={products{sku}}")).status).toBe(405);
  expect((await post(JSON.stringify({ query: " ".repeat(40_000) }))).status).toBe(413);
  expect((await ask("{ products { ")).status).toBe(400);
  expect(codes(await ask("{ products(limit: 51) { sku } }"))).toEqual(["BAD_USER_INPUT"]);
  expect(codes(await ask('{ order(id: "../x") { id } }'))).toEqual(["BAD_USER_INPUT"]);
});

test("what fails behind is told without its reasons", async () => {
  await it.shop.backend.stop();
  const answer = await ask('{ product(sku: "pan") { sku } }');
  expect([answer.status, codes(answer)]).toEqual([200, ["unavailable"]]);
  expect(answer.text).not.toMatch(/127\.0\.0\.1|ECONN|stack/);
});

test("fields below each other are counted, through fragments too", () => {
  const schema = buildSchema("type Query { again: Query name: String }");
  const rules = [queryLimits({ depth: 3, aliases: 0, cost: 100 })];
  const faults = (query: string) => validate(schema, parse(query), rules).map(({ message }) => message);
  expect(faults("{ again { again { name } } }")).toEqual([]);
  const tooDeep = "the query has depth 4, at most 3 is allowed";
  expect(faults("{ again { again { again { name } } } }")).toEqual([tooDeep]);
  expect(faults("{ again { ...F } } fragment F on Query { again { ... { again { name } } } }")).toEqual([tooDeep]);
  expect(faults("{ a: name }")).toEqual(["the query has aliases 1, at most 0 is allowed"]);
});
