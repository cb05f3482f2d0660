import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Api } from "../../../../services/mcp/api-integration/api.ts";
import { callOperation } from "../../../../services/mcp/api-integration/call-operation.ts";
import type { Backend } from "../../../../services/mcp/api-integration/http/backend.ts";
import { FAILURES_TO_OPEN } from "../../../../services/mcp/api-integration/http/resilience.ts";
import { EXAMPLES, readApis } from "../../../../services/mcp/api-integration/read-apis.ts";
import type { ApiCall } from "../../../../services/mcp/api-integration/services.ts";
import { errorFields } from "../../../../services/libraries/service-kit/log.ts";
import { contextOf } from "../../libraries/mcp-host/calls.ts";
import {
  backendAt,
  inTurn,
  jsonAnswer,
  type ScriptedBackend,
  scriptedBackend,
  textAnswer,
} from "./scripted-backend.ts";

let server: ScriptedBackend;
let apis: readonly Api[] = [];
let backend: Backend;
beforeAll(async () => {
  server = await scriptedBackend();
  apis = await readApis(EXAMPLES);
});
beforeEach(() => {
  server.seen.length = 0;
  backend = backendAt(server.url);
});
afterEach(() => backend.close());
afterAll(() => server.stop());

/** Calls an operation of the shipped example at the scripted backend. */
function call(apiName: string, id: string, args: object, limits?: Api["limits"]) {
  const api = apis.find(({ name }) => name === apiName)!;
  const operation = api.operations.find((it) => it.id === id)!;
  const backends = new Map([[apiName, backend]]);
  const { signal } = new AbortController();
  const made = { context: contextOf("acme"), services: { backends }, signal } as unknown as ApiCall;
  return callOperation({ ...api, limits: limits ?? api.limits }, operation, { ...args }, made);
}

const order = { body: { customerId: "c", lines: [{ sku: "pan", quantity: 1 }] } };
const soap = (body: string, status = 200) =>
  textAnswer(
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`,
    "text/xml; charset=utf-8",
    status,
  );

describe("an operation with an idempotency key", () => {
  test("is tried again with the same key", async () => {
    server.answer = inTurn(server, jsonAnswer({}, 503), jsonAnswer({ id: "ord-1" }, 201));
    expect((await call("orders", "createOrder", order)).data).toEqual({ id: "ord-1" });
    const keys = server.seen.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("an answer", () => {
  test("is kept to what is wanted, and to what fits", async () => {
    const orders = Array.from({ length: 180 }, (_, i) => ({ id: `ord-${i}` }));
    server.answer = jsonAnswer({ orders, debug: "10.1.2.3" });
    const { data, notices } = await call("orders", "listOrders", {});
    expect(data).toEqual({ orders: orders.slice(0, 100) });
    expect(notices).toEqual(["/orders: 100 of 180 items"]);
  });

  test("of 4xx is told without addresses, of 5xx not at all", async () => {
    server.answer = jsonAnswer({ detail: "not at 127.0.0.1:8080, see db.internal" }, 409);
    await expect(call("orders", "createOrder", order)).rejects.toMatchObject({
      code: "ERR_BACKEND_REFUSED",
      message: '"orders": the backend answered 409',
      clientMessage: '"orders": the backend answered 409; it said: {"detail":"not at [removed], see [removed]"}',
    });
    server.answer = jsonAnswer({ stack: "at /srv/app.js:12" }, 500);
    await expect(call("orders", "createOrder", order)).rejects.toMatchObject({
      code: "ERR_BACKEND_FAILED",
      clientMessage: '"orders": the backend answered 500',
    });
  });

  test("that is long and says no is cut", async () => {
    server.answer = textAnswer("x".repeat(5_000), "text/plain", 400);
    const problem: unknown = await call("orders", "createOrder", order).catch((error: unknown) => error);
    expect((problem as { clientMessage: string }).clientMessage.length).toBeLessThan(1_100);
  });

  test("that cannot be read leaves no piece of itself in the log", async () => {
    server.answer = textAnswer('{"password": hunter2}', "application/json");
    const problem: unknown = await call("orders", "getOrder", { orderId: "a" }).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: "ERR_ANSWER_INVALID" });
    expect(JSON.stringify(errorFields(problem))).not.toContain("hunter2");
  });

  test("of another kind than was promised is refused", async () => {
    server.answer = jsonAnswer({ it: "is no GraphQL", errors: "no list" });
    await expect(call("catalog", "getProduct", { sku: "a" })).rejects.toMatchObject({ code: "ERR_ANSWER_INVALID" });
    server.answer = textAnswer("<html/>", "text/xml");
    const quote = { postalCode: "1", service: "express", parcel: [] };
    await expect(call("shipping", "QuoteShipping", quote)).rejects.toMatchObject({ code: "ERR_ANSWER_INVALID" });
  });
});

describe("GraphQL", () => {
  test("that fails in part says where, without addresses", async () => {
    const errors = [{ message: "stock at 10.1.2.3:5432 is down", path: ["product", "stock"] }];
    server.answer = jsonAnswer({ data: { product: { sku: "a" } }, errors });
    expect(await call("catalog", "getProduct", { sku: "a" })).toEqual({
      data: { product: { sku: "a" } },
      notices: ["product/stock: stock at [removed] is down"],
    });
  });

  test("that has no data is a refusal, whatever the status", async () => {
    const refused = { code: "ERR_BACKEND_REFUSED", clientMessage: expect.stringContaining("request: no") as string };
    for (const status of [200, 400]) {
      server.answer = jsonAnswer({ errors: [{ message: "no" }] }, status, {
        "content-type": "application/graphql-response+json",
      });
      await expect(call("catalog", "getProduct", { sku: "a" })).rejects.toMatchObject(refused);
    }
  });

  test("asks again for what it reads, and once for what it changes", async () => {
    server.answer = jsonAnswer({}, 503);
    await expect(call("catalog", "setPrice", { input: { sku: "a", cents: 1 } })).rejects.toThrow();
    expect(server.seen).toHaveLength(1);
    await expect(call("catalog", "getProduct", { sku: "a" })).rejects.toThrow();
    expect(server.seen).toHaveLength(4);
  });
});

describe("SOAP", () => {
  const booking = { orderId: "o", postalCode: "1", service: "express" };
  const fault = (code: string) =>
    soap(`<e:Fault><faultcode>${code}</faultcode><faultstring>no</faultstring></e:Fault>`, 500);

  test("reads values by what the description says they are", async () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    server.answer = soap(
      `<t:QuoteShippingResponse xmlns:t="https://shipping.example.com/types" ${xsi}><t:price>0.10</t:price>` +
        '<t:currency xsi:nil="true"/><t:days a="1">3</t:days><t:leg>&#233;</t:leg></t:QuoteShippingResponse>',
    );
    const quote = { postalCode: "1", service: "express", parcel: [{ weightGrams: 1 }] };
    expect((await call("shipping", "QuoteShipping", quote)).data).toEqual({
      price: "0.10",
      currency: null,
      days: 3,
      leg: ["é"],
    });
  });

  test("that blames the request does not make the backend ill", async () => {
    server.answer = fault("e:Client.Validation");
    for (let i = 0; i <= FAILURES_TO_OPEN; i++)
      await expect(call("shipping", "BookShipment", booking)).rejects.toMatchObject({
        code: "ERR_BACKEND_REFUSED",
        clientMessage: '"shipping": the backend refused the request; it said: no',
      });
    expect(server.seen).toHaveLength(FAILURES_TO_OPEN + 1);
  });

  test("that blames itself does, and keeps its words to itself", async () => {
    server.answer = fault("e:Server");
    for (let i = 0; i < FAILURES_TO_OPEN; i++)
      await expect(call("shipping", "BookShipment", booking)).rejects.toMatchObject({
        code: "ERR_BACKEND_FAILED",
        clientMessage: '"shipping": the backend answered with a fault of its own',
      });
    await expect(call("shipping", "BookShipment", booking)).rejects.toMatchObject({ code: "ERR_BACKEND_OPEN" });
  });
});

test("an API without a backend is not called", async () => {
  const api = apis[0]!;
  const made = { context: contextOf("acme"), services: { backends: new Map() } } as unknown as ApiCall;
  await expect(callOperation(api, api.operations[0]!, {}, made)).rejects.toMatchObject({ code: "ERR_API_UNKNOWN" });
});
