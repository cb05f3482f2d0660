import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorFields } from "../../../../services/libraries/service-kit/log.ts";
import { callTool } from "../../libraries/mcp-host/calls.ts";
import { openShop, type Shop, writeSecrets } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("a call that is refused says why", () => {
  test.each<[string, object, string, RegExp]>([
    [
      "orders_getOrder",
      { orderId: "no" },
      "ERR_BACKEND_REFUSED",
      /^"orders": the backend answered 404; it said: .*no order no/,
    ],
    ["orders_cancelOrder", { orderId: "ord-1001", body: { reason: "x" } }, "ERR_BACKEND_REFUSED", /409.*is shipped/],
    ["orders_getOrder", { orderId: "../inventory" }, "ERR_ARGUMENT_INVALID", /"orderId" must be one segment/],
    [
      "catalog_setPrice",
      { input: { sku: "no", cents: 1 } },
      "ERR_BACKEND_REFUSED",
      /setPrice: there is no product no$/,
    ],
    [
      "shipping_BookShipment",
      { orderId: "o", postalCode: "no", service: "express" },
      "ERR_BACKEND_REFUSED",
      /postal code no is not known/,
    ],
  ])("%s %j", async (name, args, code, words) => {
    expect(await shop.errorOf(name, args)).toEqual([code, expect.stringMatching(words)]);
    expect(JSON.stringify(shop.second.logged.map((it) => errorFields((it as { error: unknown }).error)))).not.toMatch(
      words,
    );
  });

  test.each<[string, object]>([
    ["orders_getOrder", {}],
    ["orders_getOrder", { orderId: "a", admin: true }],
    ["orders_listOrders", { limit: 1_000 }],
    ["orders_createOrder", { body: { customerId: "c", lines: [] } }],
    ["catalog_findProducts", { filter: { category: "WEAPONS" } }],
    ["catalog_findProducts", { query: "{ __schema { types { name } } }" }],
    ["shipping_QuoteShipping", { postalCode: "1", service: "express", parcel: [{ "weightGrams><evil": 1 }] }],
    ["inventory_AdjustStock", { sku: "pan", warehouse: "north", change: 1e9 }],
  ])("%s does not take %j", async (name, args) => {
    const { json } = await callTool(shop.second, name, args);
    expect(json.result?.isError ?? json.error?.code).toBeTruthy();
    expect(JSON.stringify(json)).toMatch(/[Ii]nvalid|Input validation/);
  });

  test("a reader may not write", async () => {
    const { status } = await callTool(
      shop.second,
      "orders_cancelOrder",
      { orderId: "ord-1002", body: { reason: "x" } },
      { scopes: ["mcp:read"] },
    );
    expect(status).toBe(403);
  });

  test("what the backend does not let in is not said to be in", async () => {
    await writeFile(path.join(shop.folder, "orders-token"), "wrong-t0ken-wrong");
    await writeFile(path.join(shop.folder, "catalog-key"), "wrong-k3y-wrong");
    await writeFile(path.join(shop.folder, "shipping-login"), '{"username":"shop","password":"wrong"}');
    const calls: [string, object][] = [
      ["orders_getOrder", { orderId: "ord-1001" }],
      ["catalog_getProduct", { sku: "pan" }],
      ["shipping_BookShipment", { orderId: "o", postalCode: "12345", service: "express" }],
    ];
    for (const [name, args] of calls)
      expect(await shop.errorOf(name, args)).toEqual(["ERR_BACKEND_REFUSED", expect.stringMatching(/answered 401/)]);
    await rm(path.join(shop.folder, "orders-token"));
    expect(await shop.errorOf("orders_getOrder", { orderId: "a" })).toEqual([
      "ERR_CREDENTIAL_UNAVAILABLE",
      "the credential for the backend cannot be read",
    ]);
    await writeSecrets(shop.folder, shop.backend);
  });

  test("no secret is in any answer or log", async () => {
    await shop.call("orders_getOrder", { orderId: "ord-1001" });
    await shop.call("orders_getOrder", { orderId: "no" });
    const password = (JSON.parse(shop.backend.secrets["shipping-login"]!) as { password: string }).password;
    const said =
      shop.answered.join() +
      JSON.stringify(
        [...shop.second.logged, ...shop.first.logged].map((it) => errorFields((it as { error: unknown }).error)),
      );
    expect(said).toContain("ERR_BACKEND_REFUSED");
    for (const secret of [shop.backend.secrets["orders-token"]!, shop.backend.secrets["catalog-key"]!, password])
      expect(said).not.toContain(secret);
  });
});

test("of the shipped example, a consumer sees and changes her own orders alone", async () => {
  const as = async (userId: string, name: string, args: object = {}) => {
    const { json } = await callTool(shop.second, name, args, { kind: "consumer", userId });
    const meta = json.result?._meta as { [key: string]: string } | undefined;
    return json.result?.isError === true ? meta?.["alicerce/error"] : json.result?.structuredContent;
  };
  const hers = { data: { orders: [{ customerId: "cus-2" }] } };
  expect(await as("cus-2", "orders_listOrders")).toMatchObject(hers);
  expect(await as("cus-2", "orders_getOrder", { orderId: "ord-1002" })).toMatchObject({ data: { id: "ord-1002" } });
  const lines = [{ sku: "pan", quantity: 1 }];
  for (const [name, args] of [
    ["orders_listOrders", { customerId: "cus-1" }],
    ["orders_getOrder", { orderId: "ord-1003" }],
    ["orders_getOrder", { orderId: "ord-9999" }],
    ["call_getOrder", { orderId: "ord-1003" }],
    ["orders_cancelOrder", { orderId: "ord-1003", body: { reason: "r" } }],
    ["orders_createOrder", { body: { customerId: "cus-1", lines } }],
  ] as const)
    expect(await as("cus-2", name, args)).toBe("ERR_RECORD_UNKNOWN");
  for (const [name, args] of [
    ["catalog_setPrice", { input: { sku: "pan", cents: 1 } }],
    ["shipping_BookShipment", { orderId: "ord-1003", postalCode: "12345", service: "standard" }],
    ["inventory_AdjustStock", { sku: "pan", warehouse: "north", change: 1 }],
  ] as const)
    expect(await as("cus-2", name, args)).toBe("ERR_OWNER_UNDECLARED");
  expect(await as("cus-2", "catalog_findProducts")).toMatchObject({ data: { products: [{}, {}, {}] } });
  expect((await shop.call("orders_getOrder", { orderId: "ord-1003" })).data).toMatchObject({ status: "open" });
  expect(await as("cus-1", "orders_cancelOrder", { orderId: "ord-1003", body: { reason: "r" } })).toMatchObject({
    data: { status: "cancelled" },
  });
});
