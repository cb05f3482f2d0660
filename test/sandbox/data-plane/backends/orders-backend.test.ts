import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OrdersBackend, startOrdersBackend } from "../../../../sandbox/data-plane/backends/orders-backend.ts";

let shop: OrdersBackend;
beforeAll(async () => {
  shop = await startOrdersBackend();
});
afterAll(() => shop.stop());

const ask = (path: string, init: RequestInit = {}) => fetch(shop.url + path, init);
const bearer = () => ({ authorization: `Bearer ${shop.secrets["orders-token"]!}` });

describe("the shop's backend", () => {
  test("says where each API is and what its secret is called", () => {
    expect(Object.keys(shop.backends)).toEqual(["orders", "catalog", "shipping", "inventory"]);
    expect(Object.keys(shop.brought)).toEqual(["erp"]);
    const named = Object.values({ ...shop.backends, ...shop.brought }).flatMap(({ secretName }) => secretName ?? []);
    expect(named.toSorted()).toEqual(Object.keys(shop.secrets).toSorted());
  });

  test.each([
    ["/orders/v1/orders", "GET"],
    ["/orders/v1/orders/ord-1001/cancellation", "PUT"],
    ["/catalog", "POST"],
    ["/shipping", "POST"],
    ["/erp/v1/purchase-orders", "POST"],
  ])("lets nobody into %s without a credential", async (path, method) =>
    expect((await ask(path, { method })).status).toBe(401),
  );

  test("answers what is wrong as problem details", async () => {
    const missing = await ask("/orders/v1/orders/no", { headers: bearer() });
    expect([missing.status, missing.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    const body = JSON.stringify({ customerId: "c", lines: [] });
    expect((await ask("/orders/v1/orders", { method: "POST", headers: bearer(), body })).status).toBe(400);
  });

  test("places one order for one key", async () => {
    const body = JSON.stringify({ customerId: "c", lines: [{ sku: "pan", quantity: 1 }] });
    const place = async () => {
      const headers = { ...bearer(), "idempotency-key": "one-order" };
      return (await (await ask("/orders/v1/orders", { method: "POST", headers, body })).json()) as { id: string };
    };
    expect((await place()).id).toBe((await place()).id);
  });

  test("begins anew at each start", async () => {
    const other = await startOrdersBackend();
    expect(other.secrets["orders-token"]).not.toBe(shop.secrets["orders-token"]);
    await other.stop();
    await expect(fetch(`${other.url}/inventory/stock/pan`)).rejects.toThrow();
  });
});
