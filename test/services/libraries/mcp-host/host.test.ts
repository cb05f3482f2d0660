import type { TenantContext } from "../../../../services/libraries/service-kit/tenant-context.ts";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createMcpHost } from "../../../../services/libraries/mcp-host/host.ts";
import { tenantKey } from "../../../support/tenant-key.ts";
import { callTool, listening, modern, post, type Listening } from "./calls.ts";
import { sampleServer, type Traces } from "./sample-server.ts";

/** How long a test waits for what a server does, and how often it looks. */
const WAIT = { timeout: 60_000, interval: 10 };

const traces: Traces = { ran: [], aborted: [] };
let it: Listening;

beforeAll(async () => {
  it = await listening(sampleServer, traces, { limits: { requestMs: 1_000 } });
});
afterAll(() => it.host.stop());

const without = (headers: { [name: string]: string }, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([it]) => it !== name));

const ran = (): readonly string[] => traces.ran.splice(0);

describe("who may call", () => {
  const echo = modern("tools/call", { name: "echo", arguments: { text: "hi" } });
  const refused = async (headers: { [name: string]: string | string[] }, status: number, code: string) => {
    const answer = await post(it.port, echo.body, { ...echo.headers, ...headers });
    expect([answer.status, answer.json.error?.data?.code]).toEqual([status, code]);
    expect(ran()).toEqual([]);
  };

  test("a call with the interceptor's context runs", async () => {
    const { status, json } = await callTool(it, "echo", { text: "hi", times: 2 });
    expect(status).toBe(200);
    expect(json.result?.structuredContent).toEqual({ said: "hihi" });
    expect(ran()).toEqual(["echo"]);
  });

  test("a call without a token is refused", () => refused({}, 401, "ERR_TOKEN_MISSING"));
  test("a token of another issuer's key is refused", async () =>
    refused(await it.headers({}, { key: tenantKey() }), 401, "ERR_TOKEN_SIGNATURE"));
  test("a token for another server is refused", async () =>
    refused(await it.headers({}, { audience: "mcp-database" }), 401, "ERR_TOKEN_AUDIENCE"));
  test("garbage is refused", () => refused({ "x-user-context": "a.b.c" }, 401, "ERR_TOKEN_MALFORMED"));

  test.each([
    ["x-tenant-id", "other"],
    ["x-tenant-id", "ACME"],
    ["x-tenant-id", "acme, other"],
    ["X-TENANT-ID", "acme%20"],
    ["x-client-id", "other"],
    ["x-request-id", "two words"],
    ["x-org-id", "not in the token"],
    ["x-correlation-id", "<script>"],
  ])("%s: %s, which the token does not say or nobody would write, is refused", async (header, value) => {
    const others = without(await it.headers(), header.toLowerCase());
    await refused({ ...others, [header]: value }, 403, "ERR_HEADER_MISMATCH");
  });

  test.each(["x-tenant-id", "x-client-id", "x-request-id"])("a call without %s is refused", async (header) => {
    await refused(without(await it.headers(), header), 403, "ERR_HEADER_MISMATCH");
  });

  test("two tenants in two headers of one name are refused", async () =>
    refused({ ...(await it.headers()), "x-tenant-id": ["acme", "other"] }, 403, "ERR_HEADER_MISMATCH"));
  test("another host name is refused", async () =>
    refused({ ...(await it.headers()), host: "evil.example.com" }, 403, "ERR_HOST"));
  test("a web page is refused", async () =>
    refused({ ...(await it.headers()), origin: "https://evil.example.com" }, 403, "ERR_ORIGIN"));

  test("the tool sees the context of the token and the platform's session id does no harm", async () => {
    const { body, headers } = modern("tools/call", { name: "whoami", arguments: {} });
    const context = await it.headers({ tenantId: "acme", scopes: ["mcp:read"] });
    const { json } = await post(it.port, body, { ...headers, ...context, "mcp-session-id": "from-the-platform" });
    expect(JSON.parse(json.result?.content[0]?.text ?? "")).toMatchObject({ tenantId: "acme", scopes: ["mcp:read"] });
  });

  test.each<[string, Partial<TenantContext>]>([
    ["another permission", { permissions: ["read:data", "write:files"] }],
    ["no permission", { permissions: [] }],
    ["nothing said of permissions", { permissions: undefined } as never],
  ])("a tool is not run for a caller with %s, and says what it wants", async (_what, changes) => {
    const { json } = await callTool(it, "write", {}, changes);
    expect(json.result).toMatchObject({
      isError: true,
      content: [{ text: '"write" needs the permission write:data, which the role of the caller does not have' }],
      _meta: { "alicerce/error": "ERR_PERMISSION_MISSING" },
    });
    expect(ran()).toEqual([]);
  });

  test("a tool that writes wants the scope for it, before it runs", async () => {
    const { status, headers } = await callTool(it, "write", {}, { scopes: ["mcp:read"] });
    expect(status).toBe(403);
    expect(headers["www-authenticate"]).toMatch(/insufficient_scope.*mcp:write/);
    expect(ran()).toEqual([]);
    expect((await callTool(it, "write")).json.result?.content[0]?.text).toBe("written");
    expect(ran()).toEqual(["write"]);
  });
});

describe("tools that misbehave", () => {
  const errorOf = async (name: string) => {
    const { status, json } = await callTool(it, name);
    expect(status).toBe(200);
    expect(json.result?.isError).toBe(true);
    return {
      text: json.result?.content[0]?.text,
      code: (json.result?._meta as { [key: string]: string } | undefined)?.["alicerce/error"],
    };
  };

  test.each(["throws", "throws-at-once"])("a tool that %s tells the log and not the client", async (name) => {
    it.logged.length = 0;
    const { text, code } = await errorOf(name);
    expect(code).toBe("ERR_INTERNAL");
    expect(text).toMatch(new RegExp(`^"${name}" failed; the log has it under request [0-9a-f-]{36}$`));
    expect(it.logged).toMatchObject([
      { error: { message: expect.stringContaining("hunter2") as string }, tenantId: "acme" },
    ]);
  });

  test("a refusal of a tool says what the client may know", async () =>
    expect(await errorOf("refuses")).toEqual({ text: "what the client may know", code: "ERR_SAMPLE" }));

  test("a tool that hangs ends at its deadline, and is told", async () => {
    expect(await errorOf("hangs")).toEqual({ text: "no answer within 200 ms", code: "ERR_DEADLINE" });
    expect(traces.aborted.splice(0)).toEqual(["hangs"]);
    ran();
  });

  test.each(["huge", "huge-in-pieces", "unserialisable"])("a result that is %s is an error of the tool", async (name) =>
    expect((await errorOf(name)).code).toBe("ERR_RESULT_TOO_LARGE"),
  );

  test("what a tool says stays in the body", async () => {
    const { headers, json } = await callTool(it, "injects");
    expect(json.result?.content[0]?.text).toContain("X-Tenant-ID: other");
    expect(Object.keys(headers).filter((name) => name.startsWith("x-"))).toEqual([]);
  });

  test("a prompt that throws tells the log and not the client", async () => {
    const { body, headers } = modern("prompts/get", { name: "fails" });
    const { text, json } = await post(it.port, body, { ...headers, ...(await it.headers()) });
    expect(json.error?.code).toBe(-32603);
    expect(text).not.toContain("hunter2");
  });

  test("arguments against the schema are an error of the tool, which does not run", async () => {
    for (const args of [{}, { text: 1 }, { text: "x".repeat(101) }, { text: "x", times: 4 }]) {
      expect((await callTool(it, "echo", args)).json.result?.isError).toBe(true);
    }
    expect(ran()).toEqual([]);
  });

  test.each(["nosuch", "__proto__", "constructor", "toString"])("tool %s does not exist", async (name) =>
    expect((await callTool(it, name)).json.error?.code).toBe(-32602),
  );
});

describe("deprecation", () => {
  test("a deprecated tool says so in the list, the result and headers", async () => {
    const { headers, json } = await callTool(it, "old");
    const deprecated = { since: "2.0.0", on: "2026-06-30", removeOn: "2027-06-30", use: "echo" };
    expect(json.result?._meta).toMatchObject({ "alicerce/deprecation": deprecated });
    expect(headers["sunset"]).toBe("Wed, 30 Jun 2027 00:00:00 GMT");
    expect(headers["warning"]).toBe('299 - "old is deprecated since 2.0.0, goes on 2027-06-30; use echo"');
    const list = modern("tools/list");
    const { json: listed } = await post(it.port, list.body, { ...list.headers, ...(await it.headers()) });
    const { tools, ttlMs, cacheScope } = listed.result as never as {
      tools: { name: string; _meta: object }[];
      ttlMs: number;
      cacheScope: string;
    };
    expect(tools.find(({ name }) => name === "old")?._meta).toMatchObject({ "alicerce/deprecation": deprecated });
    expect(tools).toHaveLength(sampleServer.tools.length);
    expect([ttlMs, cacheScope]).toEqual([300_000, "public"]);
  });

  test("the server tells its version, which must be semantic", async () => {
    const { json } = await callTool(it, "echo", { text: "hi" });
    ran();
    expect(json.result?._meta).toMatchObject({
      "io.modelcontextprotocol/serverInfo": { name: "mcp-sample", version: "2.1.0" },
    });
    const options = {
      services: traces,
      allowedHosts: [],
      log: console,
      verifyContext: () => Promise.reject(new Error()),
    };
    expect(() => createMcpHost({ ...sampleServer, version: "2.1" }, options)).toThrow(TypeError);
    const twice = { ...sampleServer, tools: [...sampleServer.tools, ...sampleServer.tools] };
    expect(() => createMcpHost(twice, options)).toThrow('"echo" is defined twice');
  });
});

describe("time", () => {
  test("a caller who leaves aborts the tool", async () => {
    const { body, headers } = modern("tools/call", { name: "hangs-for-long", arguments: {} });
    const all = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...headers,
      ...(await it.headers()),
    };
    const sent = request({ host: "127.0.0.1", port: it.port, path: "/mcp", method: "POST", headers: all });
    sent.on("error", () => undefined).end(body);
    await vi.waitFor(() => expect(traces.ran).toContain("hangs-for-long"), WAIT);
    sent.destroy();
    await vi.waitFor(() => expect(traces.aborted).not.toEqual([]), WAIT);
    expect([ran(), traces.aborted.splice(0)]).toEqual([["hangs-for-long"], ["hangs-for-long"]]);
  });

  test.each([
    ["headers", "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow"],
    [
      "a body",
      "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\nCONTEXT\r\n{",
    ],
  ])("%s that trickles in is cut off", async (_, start) => {
    const context = Object.entries(await it.headers()).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(it.port, "127.0.0.1");
    socket.write(start.replace("CONTEXT\r\n", `${context.join("")}\r\n`));
    const trickle = setInterval(() => socket.writable && socket.write("a"), 100);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => void chunks.push(chunk)).on("error", () => undefined);
    const began = Date.now();
    // `once` of events would end with the error of a connection that is reset.
    await new Promise((resolve) => socket.once("close", resolve));
    clearInterval(trickle);
    expect(Date.now() - began).toBeLessThan(3_000);
    // What was still being sent when the socket closed may have made the system drop the answer.
    expect(Buffer.concat(chunks).toString()).toMatch(/^$|^HTTP\/1\.1 408 Request Timeout/);
  });

  test("a host that is told to stop finishes its calls and takes no more", async () => {
    const own: Traces = { ran: [], aborted: [] };
    const host = await listening(sampleServer, own);
    const call = callTool(host, "slow");
    await vi.waitFor(() => expect(own.ran).not.toEqual([]), WAIT);
    const stopped = host.host.stop();
    expect((await call).json.result?.content[0]?.text).toBe("done");
    await stopped;
    await expect(callTool(host, "echo", { text: "hi" })).rejects.toThrow(/ECONNREFUSED|socket hang up/);
  });

  test("a host that is told to stop does not wait for ever", async () => {
    const own: Traces = { ran: [], aborted: [] };
    const host = await listening(sampleServer, own, { limits: { drainMs: 200 } });
    const call = callTool(host, "hangs-for-long").catch(() => "cut off");
    await vi.waitFor(() => expect(own.ran).not.toEqual([]), WAIT);
    const began = Date.now();
    await host.host.stop();
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(own.aborted).toEqual(["hangs-for-long"]);
    await call;
  });

  test("health is told to whoever asks", async () => {
    const { status, json } = await post(it.port, "", {}, { method: "GET", path: "/ping" });
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: "Healthy", time_of_last_update: expect.any(Number) as number });
  });
});
