import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { modern, post } from "../../../../services/libraries/mcp-host/calls.ts";
import { token } from "../../../../services/gateway-interceptor/fixture.ts";
import { ask, call, whole, type Asking, type Whole } from "../fixture.ts";

let it: Whole;
let authorization: string;
beforeAll(async () => {
  it = await whole();
  authorization = `Bearer ${await token()}`;
});
afterEach(() => {
  vi.useRealTimers();
  it.traces.ran.length = 0;
});
afterAll(() => it.stop());

const send = (body: string | Buffer, headers: { readonly [name: string]: string | string[] } = {}, options = {}) =>
  post(Number(new URL(it.url).port), body, { authorization, ...headers }, options);
const query = modern("tools/call", { name: "database___query", arguments: { text: "hi" } });
const codesOf = ({ status, json }: Awaited<ReturnType<typeof send>>) => [
  status,
  json.error?.code,
  json.error?.data?.code,
];

describe("2026-07-28", () => {
  test("is discovered without a session", async () => {
    const { json, headers } = await ask(it, "server/discover");
    expect(json.result).toEqual({
      resultType: "complete",
      supportedVersions: ["2026-07-28"],
      capabilities: expect.objectContaining({ tools: { listChanged: false } }) as object,
      ttlMs: 0,
      cacheScope: "private",
      _meta: { "io.modelcontextprotocol/serverInfo": { name: "acme-corp-b2b", version: "1.0.0" } },
    });
    expect(headers["mcp-session-id"]).toBeUndefined();
  });

  test("ignores a session, which a platform may have added", async () => {
    expect((await send(query.body, { ...query.headers, "mcp-session-id": "made-up" })).status).toBe(200);
  });

  test.each<[string, { [name: string]: string }, number, number]>([
    ["another method than the body's", { "mcp-method": "tools/list" }, 400, -32020],
    ["another name than the body's", { "mcp-name": "database___insert" }, 400, -32020],
    ["the name that the target knows", { "mcp-name": "query" }, 400, -32020],
    ["an encoded name that is another", { "mcp-name": "=?base64?ZGF0YWJhc2VfX19pbnNlcnQ=?=" }, 400, -32020],
    ["another revision than the body's", { "mcp-protocol-version": "2025-11-25" }, 400, -32020],
    ["a revision of the future", { "mcp-protocol-version": "2027-01-01" }, 400, -32020],
  ])("is refused with %s in the headers", async (_, headers, status, code) => {
    expect(codesOf(await send(query.body, { ...query.headers, ...headers })).slice(0, 2)).toEqual([status, code]);
    expect(it.traces.ran).toEqual([]);
  });

  test.each(["mcp-method", "mcp-name", "mcp-protocol-version"])("is refused without %s", async (name) => {
    const headers = Object.fromEntries(Object.entries(query.headers).filter(([it]) => it !== name));
    expect(codesOf(await send(query.body, headers)).slice(0, 2)).toEqual([400, -32020]);
  });

  test("may encode the name in the header", async () => {
    const name = `=?base64?${Buffer.from("database___query").toString("base64")}?=`;
    expect((await send(query.body, { ...query.headers, "mcp-name": name })).status).toBe(200);
  });

  test("another revision is answered with those that are served", async () => {
    const text = query.body.replace("2026-07-28", "2027-01-01");
    const answer = await send(text, { ...query.headers, "mcp-protocol-version": "2027-01-01" });
    expect(answer.status).toBe(400);
    expect(answer.json.error).toMatchObject({
      code: -32022,
      data: { supported: ["2026-07-28", "2025-11-25"], requested: "2027-01-01" },
    });
  });

  test.each([
    ["tools/list", {}],
    ["tools/call", { name: "database___query", arguments: {} }],
    ["server/discover", { _meta: { "io.modelcontextprotocol/protocolVersion": "9999-01-01" } }],
  ])(
    "another revision that only the header of %s names is answered with those that are served",
    async (method, params) => {
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
      const answer = await send(body, { "mcp-protocol-version": "9999-01-01", "mcp-method": method });
      expect([answer.status, answer.json.error]).toEqual([
        400,
        {
          code: -32022,
          message: "Unsupported protocol version",
          data: { code: "ERR_PROTOCOL", supported: ["2026-07-28", "2025-11-25"], requested: "9999-01-01" },
        },
      ]);
    },
  );

  test.each<[string, object?]>([
    ["initialize", { protocolVersion: "2026-07-28", capabilities: {}, clientInfo: { name: "a", version: "1" } }],
    ["completion/complete", { ref: { type: "ref/prompt", name: "database___explain" }, argument: {} }],
    ["ping"],
    ["tasks/list"],
    ["subscriptions/listen"],
    ["nonsense/method"],
  ])("does not serve %s", async (method, params) => {
    expect(codesOf(await ask(it, method, params)).slice(0, 2)).toEqual([404, -32601]);
  });
});

describe("2025-11-25", () => {
  const old = (method: string, params: object, asking: Asking = {}) =>
    ask(it, method, params, { ...asking, isModern: false });
  const begin = (protocolVersion = "2025-11-25", asking: Asking = {}) =>
    old("initialize", { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } }, asking);

  test.each(["2025-11-25", "2025-06-18", "2024-11-05", "2030-01-01"])(
    "is offered to a client of %s",
    async (version) => {
      const { json, headers } = await begin(version);
      expect(json.result).toMatchObject({ protocolVersion: "2025-11-25", serverInfo: { name: "acme-corp-b2b" } });
      expect(headers["mcp-session-id"]).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test("has a session, its own user's alone, until it is ended", async () => {
    const id = String((await begin()).headers["mcp-session-id"]);
    const headers = { "mcp-session-id": id, "mcp-protocol-version": "2025-11-25" };
    const other = `Bearer ${await token({ sub: "somebody-else" })}`;
    expect((await old("ping", {}, { headers })).json.result).toEqual({});
    expect(codesOf(await old("ping", {}, { headers, authorization: other }))).toEqual([
      404,
      -32600,
      "ERR_SESSION_UNKNOWN",
    ]);
    expect((await send("", headers, { method: "DELETE" })).status).toBe(204);
    expect(codesOf(await old("ping", {}, { headers }))).toEqual([404, -32600, "ERR_SESSION_UNKNOWN"]);
    expect(codesOf(await send("", headers, { method: "DELETE" }))).toEqual([404, -32600, "ERR_SESSION_UNKNOWN"]);
  });

  test("may do without a session", async () => {
    expect((await call(it, "database___query", { text: "a" }, { isModern: false })).text).toContain('"text":"a"');
  });

  test("cancels by a notification in its session, which ends the call at the target", async () => {
    const headers = { "mcp-session-id": String((await begin()).headers["mcp-session-id"]) };
    const hanging = call(it, "database___hang", {}, { headers, isModern: false });
    await vi.waitFor(() => expect(it.traces.ran).toEqual(["hang"]), 30_000);
    const cancel = (requestId: number) =>
      send(JSON.stringify({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId } }), headers);
    expect((await cancel(2)).status).toBe(202);
    expect(it.traces.aborted).toEqual([]);
    expect((await cancel(1)).status).toBe(202);
    await vi.waitFor(() => expect(it.traces.aborted).toEqual(["hang"]), 30_000);
    expect((await hanging).json.error).toBeDefined();
  });

  test("answers what the client answers with nothing", async () => {
    const answer = await send(JSON.stringify({ jsonrpc: "2.0", id: 7, result: {} }));
    expect([answer.status, answer.text]).toEqual([202, ""]);
  });

  test("is refused in another version than was agreed on", async () => {
    const answer = await old("ping", {}, { headers: { "mcp-protocol-version": "2025-06-18" } });
    expect(codesOf(answer)).toEqual([400, -32022, "ERR_PROTOCOL"]);
  });

  test.each(["resources/subscribe", "tasks/list"])("does not serve %s", async (method) => {
    expect(codesOf(await old(method, { uri: "docs://readme/text" })).slice(0, 2)).toEqual([200, -32601]);
  });

  test("a session ends when it is not used", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const short = await whole({ options: { limits: { sessionMs: 100 } } });
    const { headers } = await ask(
      short,
      "initialize",
      { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "a", version: "1" } },
      { isModern: false },
    );
    vi.setSystemTime(Date.now() + 101);
    const answer = await ask(
      short,
      "ping",
      {},
      { isModern: false, headers: { "mcp-session-id": String(headers["mcp-session-id"]) } },
    );
    await short.stop();
    expect(answer.status).toBe(404);
  });
});

describe("what is no message", () => {
  test.each<[string, string | Buffer, number, number]>([
    ["nothing", "", 400, -32700],
    ["text", "hello", 400, -32700],
    ["half of a message", query.body.slice(0, -3), 400, -32700],
    ["a batch", `[${query.body}]`, 400, -32600],
    [
      "a batch of a 2025 revision",
      '[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]',
      400,
      -32600,
    ],
    ["a batch of nothing", "[]", 400, -32600],
    [
      "invalid UTF-8",
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
      400,
      -32700,
    ],
    ["UTF-16", Buffer.from(query.body, "utf16le"), 400, -32700],
    ["a name twice", query.body.replace('"name"', '"name":"database___insert","name"'), 400, -32700],
    ["a method twice", query.body.replace('"method"', '"method":"tools/list","method"'), 400, -32700],
    ["a thousand levels", query.body.replace('"hi"', "[".repeat(1_000) + "]".repeat(1_000)), 400, -32700],
    ["a million levels", query.body.replace('"hi"', "[".repeat(1e6) + "]".repeat(1e6)), 400, -32600],
    ["six million levels that do not close", "[".repeat(6_000_000), 400, -32700],
    ["an id that is an object", query.body.replace('"id":1', '"id":{}'), 400, -32600],
    ["an id that is not exact", query.body.replace('"id":1', '"id":9007199254740993'), 400, -32600],
    ["an id that is null", query.body.replace('"id":1', '"id":null'), 400, -32600],
    ["another JSON-RPC", query.body.replace('"2.0"', '"1.0"'), 400, -32600],
    ["a method that is a number", query.body.replace('"tools/call"', "7"), 400, -32600],
    ["params that are a list", '{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}', 400, -32600],
    ["null", "null", 400, -32600],
    ["a huge number", "1e400", 400, -32600],
  ])("%s", async (_, body, status, code) => {
    const answer = await send(body, query.headers);
    expect([answer.status, answer.json.error?.code]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/node_modules|\.ts:|\.mjs|at /);
    expect(it.traces.ran).toEqual([]);
  });

  test.each<[string, { [name: string]: string }]>([
    ["another type", { "content-type": "text/plain" }],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
    ["a compressed body", { "content-encoding": "gzip" }],
  ])("%s", async (_, headers) => {
    expect(codesOf(await send(query.body, { ...query.headers, ...headers }))).toEqual([
      415,
      -32600,
      "ERR_CONTENT_TYPE",
    ]);
  });

  test.each(["GET", "PUT", "PATCH", "DELETE"])("%s", async (method) => {
    const answer = await send("", {}, { method });
    expect(codesOf(answer)).toEqual([405, -32600, "ERR_HTTP_METHOD"]);
    expect(answer.headers["allow"]).toBe("POST");
  });

  test.each(["/", "/mcp/", "/mcp/../admin", "//mcp", "/.well-known/oauth-authorization-server", "*"])(
    "what is sent to %s",
    async (path) => {
      expect(codesOf(await send(query.body, query.headers, { path }))).toEqual([404, -32600, "ERR_NOT_FOUND"]);
    },
  );
});
