import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as FirstClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as FirstTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listening, type Listening } from "./calls.ts";
import { sampleServer, type Traces } from "./sample-server.ts";

const traces: Traces = { ran: [], aborted: [] };
const info = { name: "test", version: "1.0.0" };
let it: Listening;

beforeAll(async () => {
  it = await listening(sampleServer, traces);
});
afterAll(() => it.host.stop());

/** Puts a context of its own on every request, as the interceptor does. */
const fetchAsInterceptor: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  for (const [name, value] of Object.entries(await it.headers())) headers.set(name, value);
  return fetch(input, { ...init, headers });
};

const call = { name: "echo", arguments: { text: "hi", times: 3 } };

describe("the client of the SDK's second version", () => {
  test.each([
    ["2025-11-25", {}],
    ["2026-07-28", { versionNegotiation: { mode: "auto" as const } }],
  ])("speaks %s", async (revision, options) => {
    const client = new Client(info, options);
    await client.connect(new StreamableHTTPClientTransport(it.url, { fetch: fetchAsInterceptor }));
    expect(client.getNegotiatedProtocolVersion()).toBe(revision);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(
      sampleServer.tools.map(({ name }) => name),
    );
    expect((await client.callTool(call)).structuredContent).toEqual({ said: "hihihi" });
    expect((await client.callTool({ name: "throws", arguments: {} })).isError).toBe(true);
    expect((await client.listPrompts()).prompts).toHaveLength(1);
    await client.close();
  });
});

describe("the client of the SDK's first version", () => {
  test("speaks 2025-11-25", async () => {
    const client = new FirstClient(info);
    // The first SDK is not written for exact optional properties.
    await client.connect(new FirstTransport(it.url, { fetch: fetchAsInterceptor }));
    expect(client.getServerVersion()).toMatchObject({ name: "mcp-sample", version: "2.1.0" });
    expect((await client.listTools()).tools).toHaveLength(sampleServer.tools.length);
    expect((await client.callTool(call)).structuredContent).toEqual({ said: "hihihi" });
    await client.close();
  });

  test("without a context may see what there is, and call nothing", async () => {
    const client = new FirstClient(info);
    await client.connect(new FirstTransport(it.url));
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    await expect(client.callTool({ name: "echo", arguments: { text: "hi" } })).rejects.toThrow("ERR_TOKEN_MISSING");
    await client.close();
  });
});
