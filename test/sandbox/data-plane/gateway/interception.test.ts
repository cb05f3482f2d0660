import { afterEach, describe, expect, test } from "vitest";
import type { Interceptor } from "../../../../services/gateway-interceptor/interceptor.ts";
import { post, modern } from "../../../services/libraries/mcp-host/calls.ts";
import { token } from "../../../services/gateway-interceptor/fixture.ts";
import { ask, call, whole, type Changes, type Whole } from "./fixture.ts";

interface Event {
  readonly interceptorInputVersion: string;
  readonly mcp: {
    readonly rawGatewayRequest: { readonly body: string };
    readonly gatewayRequest: {
      readonly headers: { [name: string]: string };
      readonly body: { readonly method: string };
    };
    readonly gatewayResponse: null | { readonly [member: string]: unknown };
  };
}

let it: Whole | undefined;
afterEach(() => it?.stop());

/** A gateway, and all that its interceptor was told. */
async function watched(changes: Changes = {}) {
  const told: { readonly event: Event; readonly requestId: string; readonly sourceIp?: string }[] = [];
  const around = (interceptor: Interceptor): Interceptor => {
    const inner = changes.around?.(interceptor) ?? interceptor;
    return (event, invocation) => {
      told.push({ event: event as Event, ...invocation });
      return inner(event, invocation);
    };
  };
  it = await whole({ ...changes, around });
  return { it, told };
}

const id = expect.any(String) as string;

describe("an interceptor is told", () => {
  test("the request as it came and as it was read, and then the answer, under one id", async () => {
    const { it, told } = await watched();
    const { headers, body } = modern("tools/call", { name: "database___query", arguments: { text: "héllo" } });
    const authorization = `Bearer ${await token()}`;
    await post(Number(new URL(it.url).port), body, { ...headers, authorization, "X-Mixed-Case": "1" });
    const [first, second, ...more] = told;
    expect(more).toEqual([]);
    expect(first).toMatchObject({ requestId: id, sourceIp: "127.0.0.1" });
    expect(first?.requestId).toBe(second?.requestId);
    const { rawGatewayRequest, gatewayRequest } = first!.event.mcp;
    expect(first?.event).toEqual({
      interceptorInputVersion: "1.0",
      mcp: {
        rawGatewayRequest: { body },
        gatewayRequest: {
          path: "/mcp",
          httpMethod: "POST",
          headers: expect.objectContaining({
            authorization,
            "x-mixed-case": "1",
            "mcp-method": "tools/call",
          }) as object,
          body: JSON.parse(body) as object,
          context: null,
        },
        gatewayResponse: null,
      },
    });
    expect(second?.event).toEqual({
      interceptorInputVersion: "1.0",
      mcp: {
        rawGatewayRequest,
        gatewayRequest,
        gatewayResponse: {
          statusCode: 200,
          headers: {},
          body: expect.objectContaining({
            id: 1,
            result: expect.objectContaining({ content: [{ type: "text", text: "héllo" }] }) as object,
          }) as object,
        },
      },
    });
  });

  test("its own answer too, when it answered in place of the target", async () => {
    const { it, told } = await watched({
      tenant: {
        tenantId: "acme-corp",
        status: "suspended",
        isGdpr: true,
        tier: { perHour: 1, perDay: 1, sharedBy: "tenant" },
      },
    });
    const answer = await call(it, "database___query");
    expect([answer.status, answer.json.error?.data?.code]).toEqual([403, "ERR_TENANT_SUSPENDED"]);
    expect(told.map(({ event }) => event.mcp.gatewayResponse?.["statusCode"])).toEqual([undefined, 403]);
    expect(it.traces.ran).toEqual([]);
    expect(it.interception.audit()).toHaveLength(1);
  });

  test("of notifications, and what they are answered", async () => {
    const { it, told } = await watched();
    const { port } = new URL(it.url);
    const body = JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" });
    const answer = await post(Number(port), body, { authorization: `Bearer ${await token()}` });
    expect([answer.status, answer.text]).toEqual([202, ""]);
    expect(told.map(({ event }) => event.mcp.gatewayResponse?.["statusCode"])).toEqual([undefined, 202]);
  });

  test("of each event of a stream that bears an id, and of the headers with the first alone", async () => {
    const { it, told } = await watched();
    const meta = { progressToken: "p" };
    const { headers, body } = modern("tools/call", { name: "database___report", arguments: {} }, meta);
    const authorization = `Bearer ${await token()}`;
    const answer = await post(Number(new URL(it.url).port), body, { ...headers, authorization });
    expect(answer.headers["content-type"]).toBe("text/event-stream");
    const events = answer.text
      .trim()
      .split("\n\n")
      .map(
        (event) =>
          JSON.parse(event.split("data: ")[1]!) as { method?: string; id?: number; params?: object; result?: object },
      );
    expect(events.map(({ method, id: of }) => method ?? of)).toEqual([
      ...Array<string>(3).fill("notifications/progress"),
      1,
    ]);
    expect(events[0]?.params).toMatchObject({ progressToken: "p", progress: 1, total: 3 });
    expect(events[3]?.result).toMatchObject({ content: [{ type: "text", text: "reported" }] });
    const shown = told.slice(1).map(({ event }) => event.mcp.gatewayResponse);
    expect(shown).toEqual([{ isStreamingResponse: true, body: events[3] }]);
    expect(it.interception.audit()).toHaveLength(1);
  });
});

/** An interceptor that lets requests pass, and returns `mcp` for answers. */
const answering = (mcp: unknown) => () => (event: unknown) =>
  Promise.resolve({
    interceptorOutputVersion: "1.0",
    mcp: (event as Event).mcp.gatewayResponse === null ? {} : mcp,
  } as object);

describe("what an interceptor may change", () => {
  test("of an answer: status, headers and body, but not how it is framed", async () => {
    const { it } = await watched({
      around: answering({
        transformedGatewayResponse: {
          statusCode: 418,
          headers: {
            "X-Seen": "yes",
            "Content-Length": "3",
            "Transfer-Encoding": "chunked",
            "Set-Cookie": "a=b",
            "X-Bad": "a\r\nb",
          },
          body: { jsonrpc: "2.0", id: 1, result: { instead: true } },
        },
      }),
      options: { policies: [{ name: "all", statement: "permit(principal, action, resource);" }] },
    });
    const answer = await ask(it, "server/discover");
    expect([answer.status, answer.json]).toEqual([418, { jsonrpc: "2.0", id: 1, result: { instead: true } }]);
    expect(answer.headers["x-seen"]).toBe("yes");
    for (const name of ["set-cookie", "x-bad", "transfer-encoding"]) expect(answer.headers[name]).toBeUndefined();
  });

  test("an answer that it returns without members stays as it is", async () => {
    const { it } = await watched({ around: answering({}) });
    expect((await ask(it, "ping", {}, { isModern: false })).json).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
  });
});

describe("an interceptor that fails", () => {
  const returns = (output: unknown) => () => () => Promise.resolve(output as object);
  const requestTo = (body: object) =>
    returns({ interceptorOutputVersion: "1.0", mcp: { transformedGatewayRequest: { body } } });
  test.each<[string, NonNullable<Changes["around"]>]>([
    ["throws", () => () => Promise.reject(new Error("password=hunter2 at /srv/secret.ts:12"))],
    [
      "throws at once",
      () => () => {
        throw new TypeError("password=hunter2");
      },
    ],
    ["never answers", () => () => new Promise<object>(() => undefined)],
    ["returns nothing", returns(undefined)],
    ["returns null", returns(null)],
    ["returns text", returns("let them in")],
    ["returns another version", returns({ interceptorOutputVersion: "2.0", mcp: {} })],
    ["returns what HTTP targets get", returns({ interceptorOutputVersion: "1.0", http: {} })],
    [
      "returns headers that are no text",
      returns({
        interceptorOutputVersion: "1.0",
        mcp: { transformedGatewayRequest: { headers: { "x-tenant-id": 1 } } },
      }),
    ],
    [
      "returns a status that is none",
      returns({ interceptorOutputVersion: "1.0", mcp: { transformedGatewayResponse: { statusCode: 99, body: {} } } }),
    ],
    [
      "returns itself",
      returns(
        Object.assign(
          {},
          {
            get mcp(): unknown {
              return this;
            },
          },
        ),
      ),
    ],
    [
      "returns more than Lambda carries",
      returns({ interceptorOutputVersion: "1.0", mcp: {}, more: "x".repeat(6 * 1024 * 1024) }),
    ],
    [
      "answers another request",
      requestTo({ jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "database___insert" } }),
    ],
    ["asks without a method", requestTo({ jsonrpc: "2.0", id: 1 })],
    ["asks with a list", requestTo({ jsonrpc: "2.0", id: 1, method: "tools/call", params: ["database___insert"] })],
  ])("and %s refuses the call", async (_, around) => {
    it = await whole({ around, options: { limits: { interceptorMs: 200 } } });
    for (const isModern of [true, false]) {
      const answer = await call(it, "database___query", {}, { isModern });
      expect([answer.status, answer.json.error?.code, answer.json.error?.data?.code]).toEqual([
        500,
        -32603,
        "ERR_INTERCEPTOR",
      ]);
      expect(answer.json).toMatchObject({ jsonrpc: "2.0", id: 1, error: { message: "internal error" } });
      expect(answer.text).not.toMatch(/hunter2|secret/);
    }
    expect(it.traces.ran).toEqual([]);
    expect(it.logged.length).toBeGreaterThan(0);
  });

  test("at the answer keeps the answer back", async () => {
    it = await whole({
      around: (interceptor) => (event, invocation) =>
        (event as Event).mcp.gatewayResponse === null
          ? interceptor(event, invocation)
          : Promise.reject(new Error("late")),
    });
    const answer = await call(it, "database___query", { text: "result-4711" });
    expect([answer.status, answer.json.error?.data?.code]).toEqual([500, "ERR_INTERCEPTOR"]);
    expect(answer.text).not.toContain("result-4711");
    const { headers, body } = modern(
      "tools/call",
      { name: "database___report", arguments: { text: "result-4711" } },
      { progressToken: 1 },
    );
    const streamed = await post(Number(new URL(it.url).port), body, {
      ...headers,
      authorization: `Bearer ${await token()}`,
    });
    expect(streamed.text).toContain("ERR_INTERCEPTOR");
    expect(streamed.text).not.toContain("result-4711");
  });
});
