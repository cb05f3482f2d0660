import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiIntegrationConfig } from "../../../../services/mcp/api-integration/config.ts";
import { openServices } from "../../../../services/mcp/api-integration/open-services.ts";
import { apiIntegrationServer } from "../../../../services/mcp/api-integration/server.ts";
import { modern, post } from "../../libraries/mcp-host/calls.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("what is offered", () => {
  const secret = "secretsmanager:GetSecretValue";
  const OFFERED = [
    `orders_listOrders mcp:read confidential ${secret}`,
    `orders_getOrder mcp:read confidential ${secret}`,
    `orders_createOrder mcp:write confidential ${secret}`,
    `orders_cancelOrder mcp:write confidential ${secret}`,
    `catalog_findProducts mcp:read public ${secret}`,
    `catalog_getProduct mcp:read public ${secret}`,
    `catalog_setPrice mcp:write internal ${secret}`,
    `shipping_QuoteShipping mcp:read internal ${secret}`,
    `shipping_BookShipment mcp:write confidential ${secret}`,
    "inventory_GetStock mcp:read internal",
    "inventory_AdjustStock mcp:write internal",
  ];
  const offeredBy = (version: string) =>
    apiIntegrationServer(version, shop.apis).tools.map(({ name, scope, classification, awsCalls }) =>
      [name, scope, classification, ...awsCalls].join(" "),
    );
  const asFirst = OFFERED.map((it) => it.replace(/^[a-z]+_/, "call_"));

  test("is the shipped example, with scope, classification and grants for each tool", () => {
    expect(offeredBy("1.1.0")).toEqual(asFirst);
    expect(offeredBy("2.3.4")).toEqual([...OFFERED, ...asFirst]);
  });

  test("is of a major that is retained", () => {
    for (const version of ["0.9.0", "3.0.0", "toString", ""])
      expect(() => apiIntegrationServer(version, shop.apis)).toThrow(TypeError);
  });

  test("is for clients of the first major what it was, whatever else has an operation of that name", () => {
    const [orders] = shop.apis;
    const twice = [orders!, { ...orders!, name: "others" }];
    const names = apiIntegrationServer("2.0.0", twice).tools.map(
      ({ name, deprecated }) => `${name} ${deprecated?.use ?? ""}`,
    );
    expect(names).toHaveLength(12);
    expect(names).toContain("call_listOrders orders_listOrders");
    expect(names).toContain("others_listOrders ");
  });

  test("has names that models can call", () => {
    const [orders] = shop.apis;
    const long = { ...orders!, operations: [{ ...orders!.operations[0]!, id: "x".repeat(39) }] };
    expect(() => apiIntegrationServer("2.0.0", [long])).toThrow(/must have at most 43 characters/);
  });

  test("is called by the SDK's client in both revisions", async () => {
    for (const options of [{}, { versionNegotiation: { mode: "auto" as const } }]) {
      const client = new Client({ name: "test", version: "1.0.0" }, options);
      const fetchAsInterceptor: typeof fetch = async (input, init) =>
        fetch(input, {
          ...init,
          headers: { ...Object.fromEntries(new Headers(init?.headers)), ...(await shop.second.headers()) },
        });
      await client.connect(new StreamableHTTPClientTransport(shop.second.url, { fetch: fetchAsInterceptor }));
      const { tools } = await client.listTools();
      expect(tools.find(({ name }) => name === "inventory_GetStock")).toMatchObject({
        title: "Inventory: GetStock",
        inputSchema: { type: "object", required: ["sku"] },
        outputSchema: { type: "object", required: ["data"] },
        annotations: { readOnlyHint: true },
      });
      const args = { name: "catalog_findProducts", arguments: { filter: { category: "GARDEN" } } };
      expect((await client.callTool(args)).structuredContent).toMatchObject({ data: { products: [{ sku: "spade" }] } });
      await client.close();
    }
  });
});

describe("a call reaches", () => {
  test("REST: list, get, create once, cancel", async () => {
    expect((await shop.call("orders_listOrders", { customerId: "cus-1", limit: 1 })).data).toMatchObject({
      orders: [{ id: "ord-1003" }],
      nextCursor: "1",
    });
    const body = { customerId: "cus-9", lines: [{ sku: "pan", quantity: 2 }] };
    const placed = await shop.call("orders_createOrder", { body, "Idempotency-Key": "once-and-only" });
    const again = await shop.call("orders_createOrder", { body, "Idempotency-Key": "once-and-only" });
    expect(again.data).toEqual(placed.data);
    const { id } = placed.data as { id: string };
    expect((await shop.call("orders_cancelOrder", { orderId: id, body: { reason: "test" } })).data).toMatchObject({
      status: "cancelled",
    });
    expect((await shop.call("orders_getOrder", { orderId: id })).data).toMatchObject({ id, status: "cancelled" });
  });

  test("GraphQL: a query and a mutation", async () => {
    const setPrice = { input: { sku: "atlas", cents: 5_000 } };
    expect((await shop.call("catalog_setPrice", setPrice)).data).toMatchObject({
      setPrice: { price: { cents: 5_000 } },
    });
    expect((await shop.call("catalog_getProduct", { sku: "atlas" })).data).toMatchObject({
      product: { name: "Atlas of rivers", price: { cents: 5_000, currency: "EUR" } },
    });
  });

  test("SOAP: with exact decimals, lists and text that stays text", async () => {
    const parcel = [{ weightGrams: 1_200, label: "</t:label><evil/>&" }, { weightGrams: 10 }];
    const args = { postalCode: "12345", service: "express", parcel, insured: true };
    expect((await shop.call("shipping_QuoteShipping", args)).data).toEqual({
      price: "17.60",
      currency: "EUR",
      days: 1,
      leg: ["depot", "12345"],
    });
    const booking = { orderId: "ord-1", postalCode: "12345", service: "standard" };
    expect((await shop.call("shipping_BookShipment", booking)).data).toEqual({ trackingId: "trk-1" });
  });

  test("restJson: a label, a query and members of a body", async () => {
    expect((await shop.call("inventory_GetStock", { sku: "pan", warehouse: "south" })).data).toEqual({
      sku: "pan",
      levels: { south: 4 },
    });
    const adjusted = await shop.call("inventory_AdjustStock", { sku: "pan", warehouse: "south", change: -1 });
    expect(adjusted.data).toMatchObject({ levels: { south: 3 } });
  });

  test("in the first major the same operation, as text, which the second does until it goes", async () => {
    const { result } = await shop.call("call_getOrder", { orderId: "ord-1001" }, shop.first);
    expect(result?.structuredContent).toBeUndefined();
    expect(JSON.parse(result?.content[0]?.text ?? "")).toMatchObject({ id: "ord-1001", status: "shipped" });
    const later = await shop.call("call_getOrder", { orderId: "ord-1001" });
    expect(later.result?.content).toEqual(result?.content);
    expect(later.result?._meta).toMatchObject({
      "alicerce/deprecation": { since: "2.0.0", removeOn: "2027-06-15", use: "orders_getOrder" },
    });
    expect(later.headers["sunset"]).toBe("Tue, 15 Jun 2027 00:00:00 GMT");
  });
});

describe("resources and prompts", () => {
  const ask = async (method: string, params: object) => {
    const { body, headers } = modern(method, params);
    return (await post(shop.second.port, body, { ...headers, ...(await shop.second.headers()) })).json;
  };
  const read = async (uri: string) => {
    const { result, error } = await ask("resources/read", { uri });
    const [content] = (result as unknown as { contents: { text: string }[] } | undefined)?.contents ?? [];
    return content === undefined ? error : (JSON.parse(content.text) as unknown);
  };

  test("say which APIs there are, what they do and what an operation takes", async () => {
    expect(await read("api-integration://apis")).toMatchObject([{ name: "orders", kind: "openapi" }, {}, {}, {}]);
    expect(await read("api-integration://apis/inventory")).toMatchObject([
      { id: "GetStock", tool: "inventory_GetStock", scope: "mcp:read" },
      { id: "AdjustStock", tool: "inventory_AdjustStock", scope: "mcp:write" },
    ]);
    expect(await read("api-integration://apis/orders/listOrders")).toMatchObject({
      tool: "orders_listOrders",
      input: { properties: { status: { enum: ["open", "shipped", "cancelled"] } } },
      output: { properties: { orders: { type: "array" } } },
      keep: ["/orders", "/nextCursor"],
    });
    expect(await read("api-integration://apis/no")).toMatchObject({ data: { code: "ERR_API_UNKNOWN" } });
    expect(await read("api-integration://apis/orders/no")).toMatchObject({ data: { code: "ERR_API_UNKNOWN" } });
  });

  test("lead from a goal to tools, and compare by reading alone", async () => {
    const textOf = async (name: string, args: object) =>
      JSON.stringify(await ask("prompts/get", { name, arguments: args }));
    const plan = await textOf("plan_calls", { goal: "cancel my order" });
    expect(plan).toContain("orders_cancelOrder (mcp:write)");
    expect(plan).toContain("Goal: cancel my order");
    const compared = await textOf("compare_records", { first: "orders", second: "inventory", subject: "pans" });
    expect(compared).toContain("inventory_GetStock");
    expect(compared).not.toContain("inventory_AdjustStock");
    expect(await textOf("compare_records", { first: "orders", second: "no", subject: "x" })).toContain(
      "ERR_API_UNKNOWN",
    );
  });
});

describe("the configuration", () => {
  test("names a backend for each API, and no other", () => {
    const { orders, ...others } = shop.backend.backends;
    expect(() => openServices(shop.configOf(others).data!, shop.apis)).toThrow('missing "orders", unknown none');
    expect(() => openServices(shop.configOf({ ...shop.backend.backends, more: orders }).data!, shop.apis)).toThrow(
      'unknown "more"',
    );
  });

  test("is refused with every fault at once", () => {
    const { error } = shop.configOf({ orders: { baseUrl: "http://a.example.com" }, catalog: { secret: "x" } });
    expect(error?.issues.map((it) => it.path.join("."))).toEqual([
      "BACKENDS.orders.baseUrl",
      "BACKENDS.catalog.baseUrl",
      "BACKENDS.catalog",
    ]);
    const text = ApiIntegrationConfig.safeParse({ BACKENDS: "{" }).error?.issues.find(
      (it) => it.path[0] === "BACKENDS",
    );
    expect(text?.message).toBe("text is not JSON");
  });
});
