import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PERMISSIONS } from "../../../../../contracts/identity/permissions.ts";
import type { TenantContext } from "../../../../../services/libraries/service-kit/tenant-context.ts";
import type { Api } from "../../../../../services/mcp/api-integration/api.ts";
import { callOperation } from "../../../../../services/mcp/api-integration/call-operation.ts";
import type { Backend } from "../../../../../services/mcp/api-integration/http/backend.ts";
import type { ApiCall } from "../../../../../services/mcp/api-integration/services.ts";
import { contextOf } from "../../../libraries/mcp-host/calls.ts";
import {
  backendAt,
  inTurn,
  jsonAnswer,
  type ScriptedBackend,
  scriptedBackend,
  textAnswer,
} from "../scripted-backend.ts";
import { ownedApis, soapOf } from "./owned-apis.ts";

let server: ScriptedBackend;
let apis: readonly Api[] = [];
let backend: Backend;
beforeAll(async () => {
  server = await scriptedBackend();
  apis = await ownedApis();
});
beforeEach(() => {
  server.seen.length = 0;
  backend = backendAt(server.url);
});
afterEach(() => backend.close());
afterAll(() => server.stop());

type Caller = Partial<TenantContext>;
const anna: Caller = { kind: "consumer", userId: "anna" };
const partner: Caller = { kind: "partner", permissions: [...PERMISSIONS, "customer:anna", "customer:carl"] };
const machine: Caller = { kind: "machine" };
const UNKNOWN = { code: "ERR_RECORD_UNKNOWN", clientMessage: "there is no such record" };

function call(who: Caller, name: string, args: object = {}) {
  const [apiName, id] = name.split(".");
  const api = apis.find((it) => it.name === apiName)!;
  const operation = api.operations.find((it) => it.id === id)!;
  const { signal } = new AbortController();
  const context = { ...contextOf("acme"), ...who };
  const made = { context, services: { backends: new Map([[api.name, backend]]) }, signal } as unknown as ApiCall;
  return callOperation(api, operation, { ...args }, made);
}
const dataOf = async (...it: Parameters<typeof call>) => (await call(...it)).data;
const refused = async (...it: Parameters<typeof call>) => {
  await expect(call(...it)).rejects.toMatchObject(UNKNOWN);
};
const order = (customerId: unknown, more: object = {}) => ({ id: "o", customerId, ...more });
const bobs = order("bob");

describe("a consumer who asks for another's records", () => {
  test.each([
    ["another's id", "bob"],
    ["its own id in capitals", "ANNA"],
    ["its own id with a blank", "anna "],
    ["its own id, encoded", "%61nna"],
    ["its own id with what ends it for some backends", "anna\u0000"],
    ["its own id in letters that look alike", "аnna"],
    ["its own id beside another's", "anna,bob"],
    ["no id", ""],
    ["a wildcard", "*"],
    ["null, which is no filter for some backends", null],
    ["a list", ["anna", "bob"]],
    ["a list of its own", ["anna"]],
    ["an object", { toString: "anna" }],
    ["a truth", true],
  ])("is refused before the backend is asked: %s", async (_, customerId) => {
    await refused(anna, "rest.list", { customerId });
    await refused(anna, "rest.place", { body: { customer: { id: customerId } } });
    await refused(anna, "graph.filtered", { filter: { customer: customerId } });
    await refused(anna, "soap.Invoices", { customer: customerId });
    expect(server.seen).toEqual([]);
  });

  test("among her own, or in a list that says nobody", async () => {
    for (const ids of [["anna", "bob"], ["bob"], [], [["anna"]], "anna", undefined, null]) {
      await refused(anna, "rest.several", { customerIds: ids });
      await refused(anna, "graph.ofCustomers", { of: ids });
    }
    expect(server.seen).toEqual([]);
  });

  test("where the object that says whose is something else", async () => {
    for (const body of [undefined, null, [], "anna", { customer: "anna" }, { customer: [{ id: "anna" }] }])
      await refused(anna, "rest.place", { body });
    expect(server.seen).toEqual([]);
  });

  test("does not learn whether there is one: what is another's is as what is not there", async () => {
    const answers = [
      jsonAnswer(bobs),
      jsonAnswer({ detail: "there is no order o" }, 404),
      jsonAnswer({ detail: "order o is bob's" }, 403),
      jsonAnswer({ detail: "order o is locked" }, 409),
      jsonAnswer({ id: "o" }),
      jsonAnswer(order(null)),
      jsonAnswer(order(["anna"])),
      jsonAnswer(order("Anna")),
      jsonAnswer([order("anna")]),
      jsonAnswer("anna"),
      textAnswer("bob's order", "text/plain"),
      textAnswer("{bob", "application/json"),
      textAnswer("bob", "application/octet-stream"),
      textAnswer("", "application/json"),
    ];
    for (const it of answers) {
      server.answer = it;
      await refused(anna, "rest.get", { id: "o" });
    }
  });

  test("changes nothing of it: who owns it is asked before", async () => {
    server.answer = jsonAnswer(bobs);
    await refused(anna, "rest.rename", { id: "o", name: "mine" });
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /orders/o"]);
  });

  test("does not get it by a key that another used, nor by its answer", async () => {
    server.answer = jsonAnswer(bobs, 201);
    await refused(anna, "rest.place", { body: { customer: { id: "anna" } } });
  });

  test("gets her own of a mixed list, and of nested ones", async () => {
    const related = [order("bob"), order("anna"), {}];
    const orders = [order("bob"), order("anna", { related }), { id: "nobody's" }, null, "bob", order(["anna"])];
    server.answer = jsonAnswer({ orders, next: "2", total: 7 });
    expect(await dataOf(anna, "rest.list")).toEqual({
      orders: [order("anna", { related: [order("anna")] })],
      next: "2",
    });
  });

  test("gets no list whose parts name another where nobody said so", async () => {
    server.answer = jsonAnswer({ orders: [order("anna", { replaced: [{ by: bobs }] })] });
    await refused(anna, "rest.list");
    server.answer = jsonAnswer(order("anna", { history: { first: bobs } }));
    await refused(anna, "rest.get", { id: "o" });
    server.answer = jsonAnswer({
      data: { orders: [{ id: "o", customer: { id: "anna" }, lines: [{ customer: { id: "bob" } }] }] },
    });
    await refused(anna, "graph.ofCustomers", { of: ["anna"] });
  });

  test("gets no list in another form", async () => {
    for (const it of [{ orders: order("anna") }, { orders: "anna" }, [order("anna")], "anna"]) {
      server.answer = jsonAnswer(it);
      await refused(anna, "rest.list");
    }
  });

  test("is not told how many others there are", async () => {
    server.answer = jsonAnswer({ orders: Array.from({ length: 900 }, () => bobs) });
    expect(await call(anna, "rest.list")).toEqual({ data: { orders: [] }, notices: [] });
  });
});

describe("GraphQL and SOAP", () => {
  test("answer what is another's as what is not there", async () => {
    const answers = [
      { data: { order: { id: "o", customer: { id: "bob" } } } },
      { data: { order: null } },
      { data: { order: { id: "o" } } },
      { errors: [{ message: "order o is bob's" }] },
    ];
    for (const it of answers) {
      server.answer = jsonAnswer(it);
      await refused(anna, "graph.order", { id: "o" });
    }
    server.answer = jsonAnswer({ data: { order: { id: "o", customer: { id: "anna" } } } });
    expect(await dataOf(anna, "graph.order", { id: "o" })).toMatchObject({ order: { id: "o" } });
  });

  test("that fail in part say so without the backend's words, which may be about another", async () => {
    const errors = [{ message: "bob has no address", path: ["orders", 0] }];
    server.answer = jsonAnswer({ data: { orders: [{ id: "o", customer: { id: "anna" } }] }, errors });
    const { notices } = await call(anna, "graph.ofCustomers", { of: ["anna"] });
    expect(notices).toEqual(["the backend failed in part"]);
  });

  test("keep a caller's own of a mixed list", async () => {
    server.answer = soapOf(
      "<t:invoice><t:number>1</t:number><t:customer>bob</t:customer></t:invoice>" +
        "<t:invoice><t:number>2</t:number><t:customer>&#97;nna</t:customer></t:invoice><t:invoice><t:number>3</t:number></t:invoice>",
    );
    expect(await dataOf(anna, "soap.Invoices")).toEqual({ invoice: [{ number: "2", customer: "anna" }] });
    expect(server.seen[0]?.body).toMatch(/customer[^>]*>anna</);
    server.answer = soapOf("");
    expect(await dataOf(anna, "soap.Invoices")).toEqual({});
  });
});

describe("an operation of which nobody said whose its records are", () => {
  test("is refused to whoever sees her own records alone, before the backend is asked", async () => {
    for (const who of [anna, partner, { kind: "consumer" } as const])
      await expect(call(who, "rest.undeclared")).rejects.toMatchObject({ code: "ERR_OWNER_UNDECLARED" });
    expect(server.seen).toEqual([]);
  });

  test("is open where it is declared to be about no customer", async () => {
    server.answer = jsonAnswer(["pan"]);
    expect(await dataOf(anna, "rest.products")).toEqual(["pan"]);
  });
});

describe("a caller's own records", () => {
  test("are asked for where the caller does not say whose", async () => {
    server.answer = jsonAnswer({ orders: [order("anna")] });
    expect(await dataOf(anna, "rest.list", { status: "open" })).toEqual({ orders: [order("anna")] });
    expect(server.seen[0]?.url).toBe("/orders?customerId=anna&status=open");
  });

  test("are read, placed and changed", async () => {
    server.answer = jsonAnswer(order("anna"));
    expect(await dataOf(anna, "rest.get", { id: "o" })).toEqual(order("anna"));
    expect(await dataOf(anna, "rest.place", { body: { customer: { id: "anna" } } })).toEqual(order("anna"));
    expect(await dataOf(anna, "rest.rename", { id: "o", name: "x" })).toEqual(order("anna"));
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "PUT"]);
  });

  test("whose change is refused are told why, once it is known whose they are", async () => {
    server.answer = inTurn(server, jsonAnswer(order("anna")), jsonAnswer({ detail: "shipped" }, 409));
    await expect(call(anna, "rest.rename", { id: "o" })).rejects.toMatchObject({
      code: "ERR_BACKEND_REFUSED",
      clientMessage: '"rest": the backend answered 409; it said: {"detail":"shipped"}',
    });
  });

  test("of a partner are those of the customers for whom it acts", async () => {
    server.answer = jsonAnswer({ orders: [order("anna"), bobs, order("carl")] });
    const both = { orders: [order("anna"), order("carl")] };
    expect(await dataOf(partner, "rest.several", { customerIds: ["carl", "anna"] })).toEqual(both);
    await refused(partner, "rest.several", { customerIds: ["anna", "bob"] });
    await expect(call(partner, "rest.list")).rejects.toMatchObject({ code: "ERR_ARGUMENT_INVALID" });
    await refused({ ...partner, permissions: PERMISSIONS }, "rest.get", { id: "o" });
  });

  test("are none of whoever is not known", async () => {
    server.answer = jsonAnswer(order("anna"));
    for (const who of [{ kind: "consumer" }, { kind: "partner", userId: "anna" }] as const) {
      await refused(who, "rest.get", { id: "o" });
      await refused(who, "rest.list");
    }
  });

  test("may be named by numbers, written as numbers", async () => {
    const seven = { kind: "consumer", userId: "7" } as const;
    server.answer = jsonAnswer(order(7));
    expect(await dataOf(seven, "rest.get", { id: "o" })).toEqual(order(7));
    for (const other of [7.5, "07", "7.0", -7, true]) {
      server.answer = jsonAnswer(order(other));
      await refused(seven, "rest.get", { id: "o" });
    }
  });
});

test("a machine and the tenant's own people see and do what they did", async () => {
  for (const who of [machine, { kind: "developer", userId: "anna" } as const]) {
    server.seen.length = 0;
    server.answer = jsonAnswer({ orders: [bobs, { id: "x" }], next: "2", total: 7 });
    expect(await dataOf(who, "rest.list", { customerId: "bob" })).toEqual({ orders: [bobs, { id: "x" }], next: "2" });
    expect(await dataOf(who, "rest.undeclared")).toMatchObject({ total: 7 });
    server.answer = jsonAnswer(bobs);
    expect(await dataOf(who, "rest.rename", { id: "o", name: "x" })).toEqual(bobs);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET", "PUT"]);
    expect(server.seen[0]?.url).toBe("/orders?customerId=bob");
    server.answer = jsonAnswer({ detail: "no order" }, 404);
    await expect(call(who, "rest.get", { id: "o" })).rejects.toMatchObject({ code: "ERR_BACKEND_REFUSED" });
  }
});
