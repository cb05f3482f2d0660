import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DynamoIdempotencyStore } from "../../../../services/bff/b2b/idempotency/dynamo-idempotency-store.ts";
import {
  HELD_SECONDS,
  type IdempotencyStore,
  KEPT_SECONDS,
} from "../../../../services/bff/b2b/idempotency/idempotency-store.ts";
import { PostgresIdempotencyStore } from "../../../../services/bff/b2b/idempotency/postgres-idempotency-store.ts";
import { keyedTables } from "../../../support/tables/keyed-tables.ts";
import { type PartnerFixture, partnerFixture } from "./partner-fixture.ts";

let partners: PartnerFixture;
let tables: Awaited<ReturnType<typeof keyedTables>>;
beforeAll(async () => {
  [partners, tables] = await Promise.all([partnerFixture(), keyedTables()]);
  for (const name of ["once-acme", "once-xyz", "once-time"]) await tables.make(name);
});
afterAll(() => Promise.all([partners.close(), tables.close()]));

const STORES: readonly [string, (tenant: "acme" | "xyz") => IdempotencyStore][] = [
  ["in PostgreSQL", (tenant) => new PostgresIdempotencyStore(partners[tenant].store.tenantId, partners[tenant].pool)],
  ["in DynamoDB", (tenant) => new DynamoIdempotencyStore(tables.client, `once-${tenant}`)],
];

let keys = 0;
const fresh = () => ({ partnerId: "metal-works", route: "placeOrder", key: `key-${++keys}`, fingerprint: "f" });
const RESPONSE = { status: 201, headers: { etag: '"1"' }, body: `{"note":"${"ç".repeat(10_000)}"}` };

describe.each(STORES)("requests that may come again %s", (_name, open) => {
  test("are the first one's of those that come at the same time", async () => {
    const store = open("acme");
    const request = fresh();
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(request)));
    expect(claims.map((it) => it.is).toSorted()).toEqual(["new", ...Array<string>(9).fill("running")].toSorted());
  });

  test("are answered as the first one was, and not for another request, partner, route or tenant", async () => {
    const store = open("acme");
    const request = fresh();
    expect(await store.claim(request)).toEqual({ is: "new" });
    await store.keep(request, RESPONSE);
    expect(await store.claim(request)).toEqual({ is: "done", response: RESPONSE });
    expect(await store.claim({ ...request, fingerprint: "g" })).toEqual({ is: "another" });
    expect(await store.claim({ ...request, partnerId: "paper-mill" })).toEqual({ is: "new" });
    expect(await store.claim({ ...request, route: "askAgent" })).toEqual({ is: "new" });
    expect(await open("xyz").claim(request)).toEqual({ is: "new" });
  });

  test("that came to nothing can be tried again; an answer that is kept stays", async () => {
    const store = open("acme");
    const request = fresh();
    await store.claim(request);
    await store.release(request);
    expect(await store.claim(request)).toEqual({ is: "new" });
    await store.keep(request, RESPONSE);
    await store.release(request);
    expect(await store.claim(request)).toEqual({ is: "done", response: RESPONSE });
  });
});

describe("requests in DynamoDB, with time", () => {
  test("are taken over once their instance must have ended, by the same request alone", async () => {
    let at = Date.UTC(2030, 0, 1);
    const store = new DynamoIdempotencyStore(tables.client, "once-time", () => at);
    const request = fresh();
    await store.claim(request);
    at += HELD_SECONDS * 1_000;
    expect(await store.claim(request)).toEqual({ is: "running" });
    at += 1_000;
    expect(await store.claim({ ...request, fingerprint: "g" })).toEqual({ is: "another" });
    expect(await store.claim(request)).toEqual({ is: "new" });
  });

  test("are forgotten after a day, also while DynamoDB has not removed them yet", async () => {
    let at = Date.UTC(2030, 0, 1);
    const store = new DynamoIdempotencyStore(tables.client, "once-time", () => at);
    const request = fresh();
    await store.claim(request);
    await store.keep(request, RESPONSE);
    at += KEPT_SECONDS * 1_000;
    expect((await store.claim({ ...request, fingerprint: "g" })).is).toBe("another");
    at += 1_000;
    expect(await store.claim({ ...request, fingerprint: "g" })).toEqual({ is: "new" });
  });
});
