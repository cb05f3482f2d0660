import { describe, expect, it } from "vitest";
import { call, callTool, gateway, mcpAnswer, mcpEvent, token } from "./fixture.ts";

const its = await token();
let serial = 0;

async function errorOf(event: unknown): Promise<{ status: number; id: unknown; rpc: number; code: string }> {
  const output = await gateway().intercept(event, { requestId: `bad-${serial++}` });
  const { statusCode, body } = output.mcp.transformedGatewayResponse;
  expect(body.jsonrpc).toBe("2.0");
  return { status: statusCode, id: body.id, rpc: body.error.code, code: body.error.data.code };
}

describe("a malformed message is answered by a well-formed error", () => {
  it.each<[string, unknown, number, unknown]>([
    ["a batch", [call("ping"), call("ping")], -32600, null],
    ["an empty batch", [], -32600, null],
    ["null", "null", -32600, null],
    ["a number", "1e999", -32600, null],
    ["no JSON-RPC", { id: 1, method: "ping" }, -32600, 1],
    ["an older JSON-RPC", { ...call("ping"), jsonrpc: "1.0" }, -32600, 1],
    ["an id that is null", { ...call("ping"), id: null }, -32600, null],
    ["an id that is an object", { ...call("ping"), id: {} }, -32600, null],
    ["an id that is a list", { ...call("ping"), id: [1] }, -32600, null],
    ["an id that is true", { ...call("ping"), id: true }, -32600, null],
    ["an id with a fraction", { ...call("ping"), id: 1.5 }, -32600, null],
    ["an id beyond what is exact", '{"jsonrpc":"2.0","id":12345678901234567890,"method":"ping"}', -32600, null],
    ["an id beyond all numbers", '{"jsonrpc":"2.0","id":1e400,"method":"ping"}', -32600, null],
    ["a request without an id", { jsonrpc: "2.0", method: "tools/list" }, -32600, null],
    ["no method", { jsonrpc: "2.0", id: 1 }, -32600, 1],
    ["a method that is no name", { ...call("ping"), method: "tools/list\r\nX: y" }, -32600, 1],
    ["a method that is a number", { ...call("ping"), method: 7 }, -32600, 1],
    ["params as a list", { ...call("ping"), params: [1] }, -32600, 1],
    ["params as text", { ...call("ping"), params: "x" }, -32600, 1],
    ["_meta as a list", call("ping", { _meta: [] }), -32600, 1],
    ["duplicate keys", '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}', -32700, null],
    [
      "duplicate keys in arguments",
      '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":{"b":1,"\\u0062":2}}}',
      -32700,
      null,
    ],
    ["half a message", '{"jsonrpc":"2.0"', -32700, null],
    ["nothing", "", -32700, null],
    ["half a surrogate pair", '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\ud800"}}', -32700, null],
    ["deep nesting", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, -32700, null],
    ["a NUL", '{"jsonrpc":"2.0","id":1,"method":"ping"}\0', -32700, null],
  ])("%s", async (_, message, rpc, id) => {
    expect(await errorOf(mcpEvent(its, message))).toMatchObject({ status: 400, rpc, id });
  });

  it("6 MB and one byte; 6 MB pass", async () => {
    const sized = (bytes: number): string => {
      const empty = JSON.stringify(call("tools/call", { name: "files___list", arguments: { text: "" } }));
      return empty.replace('"text":""', `"text":"${"x".repeat(bytes - empty.length)}"`);
    };
    const limit = 6 * 1024 * 1024;
    expect(await errorOf(mcpEvent(its, sized(limit + 1)))).toMatchObject({
      status: 413,
      code: "ERR_MESSAGE_TOO_LARGE",
    });
    const output = await gateway().intercept(mcpEvent(its, sized(limit)), { requestId: "large" });
    expect(output).toHaveProperty("mcp.transformedGatewayRequest");
  });

  it("a body that is missing", async () => {
    const { mcp } = mcpEvent(its, "");
    expect(await errorOf({ mcp: { gatewayRequest: mcp.gatewayRequest } })).toMatchObject({ status: 400, rpc: -32700 });
    expect(await errorOf({ mcp: {} })).toMatchObject({ status: 401 });
  });

  it.each([null, undefined, 1, "x", [], {}, { mcp: 1 }, { http: [] }])("no event at all: %j", async (event) => {
    expect(await errorOf(event)).toMatchObject({ status: 400, rpc: -32600 });
  });

  it("another method of HTTP", async () => {
    const event = mcpEvent(its, call("ping"));
    const gatewayRequest = { ...event.mcp.gatewayRequest, httpMethod: "GET" };
    expect(await errorOf({ mcp: { ...event.mcp, gatewayRequest } })).toMatchObject({ status: 405 });
  });

  it("text that differs from the parsed body: only what was checked goes on", async () => {
    const event = mcpEvent(its, callTool("database___query"));
    const gatewayRequest = { ...event.mcp.gatewayRequest, body: callTool("database___insert") };
    const output = await gateway().intercept({ mcp: { ...event.mcp, gatewayRequest } }, { requestId: "two" });
    expect(output.mcp.transformedGatewayRequest.body.params.name).toBe("database___query");
  });
});

describe("headers that repeat the body", () => {
  const modern = { "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "database___query" };
  const intercept = (headers: object, message: unknown = callTool("database___query")) =>
    gateway().intercept(mcpEvent(its, message, headers), { requestId: `same-${serial++}` });

  it("are accepted if they do, also beyond ASCII", async () => {
    expect(await intercept(modern)).toHaveProperty("mcp.transformedGatewayRequest");
    const encoded = `=?base64?${Buffer.from("database___query").toString("base64")}?=`;
    expect(await intercept({ ...modern, "Mcp-Name": encoded })).toHaveProperty("mcp.transformedGatewayRequest");
  });

  it.each([
    ["another method", { ...modern, "Mcp-Method": "tools/list" }],
    ["another tool", { ...modern, "Mcp-Name": "files___list" }],
    ["a tool twice", { ...modern, "mcp-name": "files___list" }],
    ["no method", { "MCP-Protocol-Version": "2026-07-28", "Mcp-Name": "database___query" }],
    ["no tool", { "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call" }],
    ["another tool, in the protocol with sessions", { "Mcp-Name": "files___list" }],
  ])("are refused with %s", async (_, headers) => {
    expect(await errorOf(mcpEvent(its, callTool("database___query"), headers))).toMatchObject({
      status: 400,
      rpc: -32020,
      id: 1,
    });
  });

  it("are refused if the message names another version", async () => {
    const _meta = { "io.modelcontextprotocol/protocolVersion": "2026-07-28" };
    const event = mcpEvent(its, call("ping", { _meta }), { "mcp-protocol-version": "2025-11-25" });
    expect(await errorOf(event)).toMatchObject({ rpc: -32020 });
  });
});

it("An answer of whatever shape passes without a crash", async () => {
  const event = mcpEvent(its, call("tools/list"));
  for (const body of [
    undefined,
    null,
    "x",
    1,
    [],
    {},
    { result: null },
    { result: [] },
    { result: { tools: "x" } },
    { result: {} },
  ]) {
    const output = await gateway().intercept(mcpAnswer(event, body), { requestId: `answer-${serial++}` });
    expect(output.mcp.transformedGatewayResponse.statusCode).toBe(200);
    expect(output.mcp.transformedGatewayResponse).toHaveProperty("body");
  }
});
