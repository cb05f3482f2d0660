import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitPartner } from "../../../../../services/bff/b2b/partners/admission.ts";
import { CERTIFICATES, headerOf } from "../certificates.ts";
import { callsOf } from "./api-calls.ts";
import { type ApiFixture, apiFixture } from "./api-fixture.ts";

let it: ApiFixture;
beforeAll(async () => {
  it = await apiFixture();
});
afterAll(() => it.close());

const { send, place, orders } = callsOf(() => it);

describe("who may not", () => {
  test("is refused: nobody, another tenant's partner, a certificate that somebody wrote, a key without the scope", async () => {
    expect((await send("/v1/orders", { key: "" })).status).toBe(401);
    const foreign = await send("/v1/orders", { key: it.partners.xyz.keys["metal-works"] });
    expect(foreign).toMatchObject({ status: 401, json: { detail: "the credential is not valid here" } });
    expect(foreign.headers.get("www-authenticate")).toBe('Bearer realm="partners"');
    const forged = { "x-amzn-mtls-clientcert-leaf": headerOf(CERTIFICATES["paper-mill"]) };
    expect((await send("/v1/orders", { headers: forged })).status).toBe(401);
    const { store, by } = it.partners.acme;
    const account = { id: "reader", name: "Reader", customerId: "cus-1", tier: "basic" } as const;
    const { key } = await admitPartner(store, by, { account, scopes: ["orders:read"] });
    expect((await send("/v1/orders", { key })).status).toBe(200);
    expect(await place({ key })).toMatchObject({ status: 403, json: { scope: "orders:write" } });
    await store.revoke("reader");
    expect((await send("/v1/orders", { key })).status).toBe(401);
  });

  test("has used up its quota, its tenant's is counted for all, and the answer says so", async () => {
    const { store, by } = it.partners.xyz;
    const account = { id: "busy", name: "Busy", customerId: "cus-1", tier: "basic" } as const;
    const { key } = await admitPartner(store, by, { account, scopes: ["products:read"] });
    const sent = { at: it.xyz, key };
    const first = await send("/v1/products", sent);
    expect(first.headers.get("ratelimit-policy")).toBe(
      '"basic-minute";q=60;w=60, "basic-day";q=1000;w=86400, "tenant-day";q=10000;w=86400',
    );
    expect(first.headers.get("ratelimit")).toMatch(
      /^"basic-minute";r=59;t=\d+, "basic-day";r=999;t=\d+, "tenant-day";r=\d+;t=\d+$/,
    );
    for (let i = 1; i < 60; i++) expect((await send("/v1/products/pan", sent)).status).toBe(200);
    const refused = await send("/v1/products", sent);
    expect(refused).toMatchObject({ status: 429, json: { "violated-policies": ["basic-minute"] } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await send("/v1/products", { at: it.xyz, key: it.partners.xyz.keys["paper-mill"] })).status).toBe(200);
  });
});

describe("what is no request of this API", () => {
  test.each<[string, number, string, string]>([
    ["no JSON", 400, "{", "application/json"],
    ["a name twice", 400, '{"lines":[],"lines":[{"sku":"pan","quantity":1}]}', "application/json"],
    ["nested too deep", 400, "[".repeat(200) + "]".repeat(200), "application/json"],
    ["not JSON by its type", 415, "<order/>", "application/xml"],
    [
      "too large",
      413,
      JSON.stringify({ lines: [{ sku: "pan", quantity: 1 }], note: "x".repeat(70_000) }),
      "application/json",
    ],
    ["no lines", 422, '{"lines":[]}', "application/json"],
    [
      "a member that is not known",
      422,
      '{"lines":[{"sku":"pan","quantity":1}],"customerId":"cus-2"}',
      "application/json",
    ],
    ["a quantity that is none", 422, '{"lines":[{"sku":"pan","quantity":1.5}]}', "application/json"],
    ["control characters", 422, '{"lines":[{"sku":"pan","quantity":1}],"note":"a\\u0000b"}', "application/json"],
    ["half a character", 422, '{"lines":[{"sku":"pan","quantity":1}],"note":"\\ud800"}', "application/json"],
  ])("%s", async (_, status, body, type) => {
    const before = (await orders()).length;
    const answer = await place({ body, json: undefined, headers: { "content-type": type } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(answer.json).toMatchObject({ status, instance: expect.stringMatching(/^urn:alicerce:request:/) as string });
    expect((await orders()).length).toBe(before);
  });

  test("a fault is named where it is", async () => {
    const answer = await place({ json: { lines: [{ sku: "pan", quantity: 0 }] } });
    expect(answer.json["errors"]).toMatchObject([{ pointer: "/lines/0/quantity" }]);
    const query = await send("/v1/orders?limit=0&status=lost&page=2");
    expect(query.status).toBe(400);
    expect((query.json["errors"] as { parameter: string }[]).map(({ parameter }) => parameter).toSorted()).toEqual([
      "limit",
      "page",
      "status",
    ]);
    expect((await send("/v1/orders?limit=1&limit=2")).json["errors"]).toEqual([
      { parameter: "limit", detail: "must not be repeated" },
    ]);
  });

  test("another method is told which there are; another address is not there", async () => {
    const answer = await send("/v1/orders", { method: "DELETE" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST"]);
    for (const path of ["/v1/nothing", "/v2/orders", "/v1/orders/a%2fb", "/v1/orders/%ff", "/v1/orders/..%2f"])
      expect([path, (await send(path)).status]).toEqual([path, 404]);
  });
});

test("what partners send and hold is in no log", () => {
  const text = JSON.stringify(it.logged);
  expect(it.logged.length).toBeGreaterThan(10);
  for (const key of Object.values(it.partners.acme.keys)) expect(text).not.toContain(key.slice(-43));
});
