import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listening, modern, post, type Listening } from "./calls.ts";
import { sampleServer, type Traces } from "./sample-server.ts";

const traces: Traces = { ran: [], aborted: [] };
const LIMIT = 6 * 1024 * 1024;
let it: Listening;
let context: { [name: string]: string };

beforeAll(async () => {
  it = await listening(sampleServer, traces);
  context = await it.headers();
});
afterAll(() => it.host.stop());

const echo = modern("tools/call", { name: "echo", arguments: { text: "hi" } });
const send = (body: string | Buffer, headers: { [name: string]: string | string[] } = {}) =>
  post(it.port, body, { ...echo.headers, ...context, ...headers });

describe("bodies", () => {
  test.each<[string, string | Buffer, number, number]>([
    ["nothing", "", 400, -32700],
    ["text", "hello", 400, -32700],
    ["half of a message", echo.body.slice(0, -3), 400, -32700],
    ["a batch", `[${echo.body}]`, 400, -32600],
    ["a batch of nothing", "[]", 400, -32600],
    [
      "invalid UTF-8",
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
      400,
      -32700,
    ],
    ["UTF-16", Buffer.from(echo.body, "utf16le"), 400, -32700],
    ["a lone surrogate", echo.body.replace('"hi"', '"\\ud800"'), 200, 0],
    ["a name twice", echo.body.replace('"name"', '"name":"write","name"'), 400, -32700],
    ["a method twice", echo.body.replace('"method"', '"method":"tools/list","method"'), 400, -32700],
    ["a thousand levels", echo.body.replace('"hi"', "[".repeat(1_000) + "]".repeat(1_000)), 400, -32700],
    ["six million levels", "[".repeat(LIMIT), 400, -32700],
    ["an id that is an object", echo.body.replace('"id":1', '"id":{}'), 400, -32600],
    ["an id that is a list", echo.body.replace('"id":1', '"id":[1]'), 400, -32600],
    ["another JSON-RPC", echo.body.replace('"2.0"', '"1.0"'), 400, -32600],
    ["a method that is a number", echo.body.replace('"tools/call"', "7"), 400, -32600],
    ["null", "null", 400, -32600],
    ["a number", "1e400", 400, -32600],
  ])("%s", async (_, body, status, code) => {
    const answer = await send(body);
    expect([answer.status, answer.json.error?.code ?? 0]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/node_modules|\.ts:|\.mjs/);
    if (status !== 200) expect(traces.ran).toEqual([]);
    traces.ran.length = 0;
  });

  test("a batch of a 2025 revision", async () => {
    const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "echo", arguments: { text: "hi" } } };
    const answer = await post(it.port, JSON.stringify([call, call]), context);
    expect([answer.status, answer.json.error?.data?.code]).toEqual([400, "ERR_BATCH"]);
    expect(traces.ran).toEqual([]);
  });

  test("a body of the limit is read, and one byte more is not", async () => {
    const padded = (length: number) => echo.body + " ".repeat(length - echo.body.length);
    expect((await send(padded(LIMIT))).status).toBe(200);
    expect((await send(padded(LIMIT + 1))).status).toBe(413);
  });

  test("a body that hides its length is cut off at the limit", async () => {
    const answer = await send(echo.body + " ".repeat(LIMIT), { "transfer-encoding": "chunked" }).catch(
      (error: unknown) => (error as { code: string }).code,
    );
    expect(typeof answer === "string" ? ["EPIPE", "ECONNRESET"].includes(answer) : answer.status === 413).toBe(true);
    expect((await send(echo.body)).status).toBe(200);
    traces.ran.length = 0;
  });
});

describe("headers", () => {
  test.each<[string, { [name: string]: string }, number]>([
    ["another content type", { "content-type": "text/plain" }, 415],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["a compressed body", { "content-encoding": "gzip" }, 415],
    ["another method than the body's", { "mcp-method": "tools/list" }, 400],
    ["another name than the body's", { "mcp-name": "write" }, 400],
    ["a name in another case", { "mcp-name": "Echo" }, 400],
    ["another revision than the body's", { "mcp-protocol-version": "2025-11-25" }, 400],
  ])("%s", async (_, headers, status) => {
    expect((await send(echo.body, headers)).status).toBe(status);
    expect(traces.ran).toEqual([]);
  });

  test.each(["GET", "DELETE", "PUT", "PATCH"])("%s is not served", async (method) => {
    const { status } = await post(it.port, "", { ...context }, { method });
    expect(status).toBe(405);
  });

  test("another path is not served", async () =>
    expect((await post(it.port, echo.body, { ...echo.headers, ...context }, { path: "/mcp/../admin" })).status).toBe(
      404,
    ));
});

describe("whatever comes", () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom(1e308, -0, "__proto__", "\u0000", "../../x", null),
  );
  const member = fc.constantFrom(
    "jsonrpc",
    "id",
    "method",
    "params",
    "name",
    "arguments",
    "_meta",
    "__proto__",
    "result",
  );
  const hostile = fc.oneof(
    fc.dictionary(member, value).map((it) => JSON.stringify(it)),
    fc
      .record({ name: fc.oneof(value, fc.constant("echo")), arguments: value })
      .map((params) => modern("tools/call", params as object).body),
    fc
      .tuple(fc.constantFrom("tools/call", "prompts/get", "resources/read", "initialize", "ping", "nosuch"), value)
      .map(([method, params]) => JSON.stringify({ jsonrpc: "2.0", id: 1, method, params })),
    fc
      .tuple(fc.nat(echo.body.length), fc.string({ maxLength: 4 }))
      .map(([at, noise]) => echo.body.slice(0, at) + noise + echo.body.slice(at + noise.length)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );

  test("is answered with a well-formed message, never with a fault of ours", async () => {
    it.logged.length = 0;
    await fc.assert(
      fc.asyncProperty(hostile, fc.boolean(), async (body, isModern) => {
        const answer = await post(it.port, body, isModern ? { ...echo.headers, ...context } : context);
        expect(answer.status).toBeLessThan(500);
        if (answer.headers["content-type"]?.startsWith("application/json") === true)
          expect(answer.json["jsonrpc"]).toBe("2.0");
        expect(answer.text).not.toMatch(/node_modules|hunter2|    at /);
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 2_000) },
    );
    expect((await send(echo.body)).status).toBe(200);
  });
});
