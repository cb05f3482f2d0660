import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as FirstClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as FirstTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { token } from "../../../services/gateway-interceptor/fixture.ts";
import { whole, type Whole } from "./fixture.ts";

const info = { name: "test", version: "1.0.0" };
let it: Whole;
let requestInit: RequestInit;

beforeAll(async () => {
  it = await whole();
  requestInit = { headers: { authorization: `Bearer ${await token()}` } };
});
afterAll(() => it.stop());

const TOOLS = [
  "x_amz_bedrock_agentcore_search",
  ...["query", "whoami", "insert", "huge", "hang", "report"].map((name) => `database___${name}`),
  "files___list",
];

describe("the client of the SDK's second version", () => {
  test.each([
    ["2025-11-25", {}],
    ["2026-07-28", { versionNegotiation: { mode: "auto" as const } }],
  ])("speaks %s", async (revision, options) => {
    const client = new Client(info, options);
    await client.connect(new StreamableHTTPClientTransport(new URL(it.url), { requestInit }));
    expect(client.getNegotiatedProtocolVersion()).toBe(revision);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(TOOLS);
    const called = await client.callTool({ name: "database___query", arguments: { text: "hello" } });
    expect(called.content).toEqual([{ type: "text", text: "hello" }]);
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(["database___explain"]);
    const prompt = await client.getPrompt({ name: "database___explain", arguments: { table: "orders" } });
    expect(prompt.messages[0]?.content).toEqual({ type: "text", text: "Explain orders" });
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(["db://schema/orders", "docs://readme/text"]);
    expect((await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      "db://schema/{table}",
    ]);
    for (const [uri, text] of [
      ["db://schema/customers", "id int"],
      ["docs://readme/text", "read me"],
    ] as const)
      expect((await client.readResource({ uri })).contents).toEqual([{ uri, text }]);
    await client.close();
  });
});

describe("the client of the SDK's first version", () => {
  test("speaks 2025-11-25", async () => {
    const client = new FirstClient(info);
    // The first SDK is not written for exact optional properties.
    await client.connect(new FirstTransport(new URL(it.url), { requestInit }));
    expect(client.getServerVersion()).toMatchObject({ name: "acme-corp-b2b" });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(TOOLS);
    const called = await client.callTool({ name: "files___list", arguments: {} });
    expect(called["content"]).toEqual([{ type: "text", text: "a.csv" }]);
    await client.close();
  });
});
