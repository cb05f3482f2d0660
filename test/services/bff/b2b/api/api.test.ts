import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOrdersBackend } from "../../../../../sandbox/data-plane/backends/orders-backend.ts";
import { writeSecrets } from "../../../mcp/api-integration/shop.ts";
import { callsOf } from "./api-calls.ts";
import { type ApiFixture, apiFixture } from "./api-fixture.ts";

let it: ApiFixture;
beforeAll(async () => {
  it = await apiFixture();
});
afterAll(() => it.close());

const { send, fresh, place, cancel, orders } = callsOf(() => it);

describe("orders", () => {
  test("are placed, read and cancelled, each in the state that the partner saw", async () => {
    const placed = await place({ json: { lines: [{ sku: "spade", quantity: 2 }], note: "Café" } });
    expect(placed).toMatchObject({
      status: 201,
      json: { status: "open", lines: [{ sku: "spade", quantity: 2 }], note: "Café" },
    });
    expect(placed.json).not.toHaveProperty("customerId");
    const path = placed.headers.get("location") ?? "";
    const etag = placed.headers.get("etag") ?? "";
    const read = await send(path);
    expect([read.json, read.headers.get("etag")]).toEqual([placed.json, etag]);
    expect((await send(path, { headers: { "if-none-match": `"other", W/${etag}` } })).status).toBe(304);

    expect((await cancel(placed.json["id"], undefined)).status).toBe(428);
    expect((await cancel(placed.json["id"], '"stale"')).status).toBe(412);
    const cancelled = await cancel(placed.json["id"], etag);
    expect(cancelled).toMatchObject({ status: 200, json: { status: "cancelled" } });
    expect((await cancel(placed.json["id"], etag)).status).toBe(412);
    expect((await cancel("ord-1001", (await send("/v1/orders/ord-1001")).headers.get("etag") ?? "")).status).toBe(409);
  });

  test("of another partner are not there: not in a list, by name, or to be cancelled", async () => {
    const own = await place();
    const path = `/v1/orders/${String(own.json["id"])}`;
    const foreign = { as: "paper-mill" } as const;
    expect(await orders(foreign)).not.toContain(own.json["id"]);
    expect((await send(path, foreign)).status).toBe(404);
    expect((await cancel(own.json["id"], "*", foreign)).status).toBe(404);
    expect((await send(path)).json["status"]).toBe("open");
    expect(await orders()).toContain(own.json["id"]);
  });

  test("come a page at a time, by cursors that are good for their partner and their query alone", async () => {
    for (let i = 0; i < 3; i++) await place();
    const all = await orders();
    const seen: string[] = [];
    let cursor = "";
    do {
      const { json } = await send(`/v1/orders?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
      seen.push(...(json["orders"] as { id: string }[]).map(({ id }) => id));
      cursor = (json["nextCursor"] as string | undefined) ?? "";
      if (cursor === "") break;
      expect((await send(`/v1/orders?limit=2&cursor=${cursor}`, { as: "paper-mill" })).status).toBe(400);
      expect((await send(`/v1/orders?status=open&cursor=${cursor}`)).status).toBe(400);
    } while (seen.length < 100);
    expect(seen).toEqual(all);
    for (const bad of ["2", "AAAA", "%00", "x".repeat(300)])
      expect((await send(`/v1/orders?cursor=${bad}`)).status).toBe(400);
  });
});

describe("a request that is sent again", () => {
  test("gets the first answer, and nothing is done twice", async () => {
    const before = (await orders()).length;
    const once = fresh();
    const [first, again, quoted] = [await place({ once }), await place({ once }), await place({ once: `"${once}"` })];
    for (const later of [again, quoted]) {
      expect([later.status, later.text]).toEqual([201, first.text]);
      expect(later.headers.get("etag")).toBe(first.headers.get("etag"));
      expect(later.headers.get("idempotency-replayed")).toBe("true");
    }
    expect((await orders()).length).toBe(before + 1);
    const otherOrder = { lines: [{ quantity: 1, sku: "pan" }] };
    expect((await place({ once, json: otherOrder })).text).toBe(first.text);
  });

  test("must say the same: 422; must have a key of the right form: 400", async () => {
    const once = fresh();
    await place({ once });
    const other = await place({ once, json: { lines: [{ sku: "pan", quantity: 2 }] } });
    expect(other).toMatchObject({ status: 422, json: { detail: "Idempotency-Key was used for another request" } });
    const without = await send("/v1/orders", { method: "POST", json: { lines: [{ sku: "pan", quantity: 1 }] } });
    expect(without).toMatchObject({ status: 400, json: { detail: "Idempotency-Key is required here" } });
    for (const bad of ["", '"', "a b", '"a', "x".repeat(129), "ä"])
      expect((await place({ once: bad })).status).toBe(400);
  });

  test("while the first one runs gets 409, and of many at once one is done", async () => {
    const before = (await orders()).length;
    const once = fresh();
    const answers = await Promise.all(Array.from({ length: 12 }, () => place({ once })));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual(expect.arrayContaining([201]));
    for (const { status, headers } of answers) {
      expect([201, 409]).toContain(status);
      if (status === 409) expect(headers.get("retry-after")).toBe("1");
    }
    expect(new Set(answers.filter((answer) => answer.status === 201).map(({ text }) => text)).size).toBe(1);
    expect((await orders()).length).toBe(before + 1);
  });

  test("has a key of its own partner and tenant: another one's is another request", async () => {
    const once = fresh();
    const own = await place({ once });
    const other = await place({ once, as: "paper-mill" });
    const elsewhere = await place({ once, at: it.xyz, key: it.partners.xyz.keys["metal-works"] });
    expect(new Set([own, other, elsewhere].map(({ json }) => json["id"])).size).toBe(3);
  });

  test("may be tried again when the first one failed", async () => {
    const sent = { once: fresh(), json: { lines: [{ sku: "atlas", quantity: 7 }] } };
    await it.shop.backend.stop();
    const failed = await place(sent);
    expect(failed).toMatchObject({ status: 503, json: { detail: "the tenant's systems do not answer" } });
    expect(failed.headers.get("retry-after")).toBe("5");
    const backend = await startOrdersBackend({ port: Number(new URL(it.shop.backend.url).port) });
    await writeSecrets(it.shop.folder, backend);
    Object.assign(it.shop, { backend });
    expect((await place(sent)).status).toBe(201);
  });
});

describe("products", () => {
  test("are found, and one is read", async () => {
    const found = await send("/v1/products?category=GARDEN&name=spade");
    expect(found.json).toMatchObject({ products: [{ sku: "spade", price: { currency: "EUR" } }] });
    expect((await send("/v1/products/spade")).json).toMatchObject({ sku: "spade", name: "Garden spade" });
    expect((await send("/v1/products/nothing")).status).toBe(404);
  });
});
