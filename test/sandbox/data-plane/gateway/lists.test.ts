import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { token } from "../../../services/gateway-interceptor/fixture.ts";
import { searchTools } from "../../../../sandbox/data-plane/gateway/targets/tool-search.ts";
import { ask, call, target, whole, type Whole } from "./fixture.ts";
import { spy } from "./spy.ts";

/** A target of many pages: seven tools, three at a time, one with a name too long, and more that is no tool. */
const paged = () =>
  spy(({ body: { id, method, params } }, response) => {
    const names = ["look", "ever", "a", "b", "look2", "x".repeat(260), "c"];
    const start = Number(params["cursor"] ?? 0);
    const tools = names.slice(start, start + 3).map((name) => ({ name, inputSchema: { type: "object" } }));
    const more = start + 3 < names.length ? { nextCursor: String(start + 3) } : {};
    const reply =
      method === "tools/list"
        ? { result: { resultType: "complete", tools: [...tools, null, 7], ...more } }
        : { error: { code: -32601, message: "Method not found" } };
    response
      .writeHead("result" in reply ? 200 : 404, { "content-type": "application/json" })
      .end(JSON.stringify({ jsonrpc: "2.0", id, ...reply }));
  });

let server: Awaited<ReturnType<typeof paged>>;
let it: Whole;
beforeAll(async () => {
  server = await paged();
  const all = [{ name: "all", statement: "permit(principal, action, resource);" }];
  it = await whole({ options: { targets: [target("spy", server.origin)], policies: all }, dependencies: {} });
});
afterAll(async () => {
  await Promise.all([it.stop(), server.close()]);
});

const list = async (method: string, params: object = {}, claims: object = {}) =>
  (await ask(it, method, params, { authorization: `Bearer ${await token({ ...claims })}` })).json as unknown as {
    result: { [kind: string]: { name: string; uri?: string }[] } & { nextCursor?: string; ttlMs?: number };
    error?: { code: number };
  };

describe("a list", () => {
  test("is put together page by page, each target going on where it was", async () => {
    const { result: first } = await list("tools/list");
    const own = ["query", "whoami", "insert", "huge", "hang", "report"].map((name) => `database___${name}`);
    expect(first["tools"]?.map(({ name }) => name)).toEqual([
      "x_amz_bedrock_agentcore_search",
      ...own,
      "files___list",
      "spy___look",
      "spy___ever",
    ]);
    expect(first).toMatchObject({ resultType: "complete", ttlMs: 0, cacheScope: "private" });
    const { result: second } = await list("tools/list", { cursor: first.nextCursor });
    expect(second["tools"]).toEqual([]);
    const { result: third } = await list("tools/list", { cursor: second.nextCursor });
    expect(third.nextCursor).toBeUndefined();
    expect(server.seen.map(({ body }) => body.params["cursor"])).toEqual([undefined, "3", "6"]);
  });

  test.each(["", "%", "bm90IGpzb24", Buffer.from('{"nobody":"1"}').toString("base64url"), 7, null, {}])(
    "is not resumed at %j",
    async (cursor) => expect((await list("tools/list", { cursor })).error?.code).toBe(-32602),
  );

  test("leaves out a target that has nothing of the kind", async () => {
    const { result } = await list("prompts/list");
    expect(result["prompts"]?.map(({ name }) => name)).toEqual(["database___explain"]);
  });

  test("shows nothing that the token's scopes do not reach", async () => {
    const { result } = await list("tools/list", {}, { scope: "b2b/mcp.write" });
    expect(result["tools"]?.map(({ name }) => name)).toEqual(["database___insert"]);
  });
});

describe("what is routed", () => {
  test("a resource that no list has shown is asked for", async () => {
    const fresh = await whole();
    const { json } = await ask(fresh, "resources/read", { uri: "docs://readme/text" });
    await fresh.stop();
    expect(json.result).toMatchObject({ contents: [{ text: "read me" }] });
  });

  test.each([
    ["resources/read", { uri: "db://schema/../audit/x" }],
    ["resources/read", { uri: "docs://readme/other" }],
    ["resources/read", { uri: `db://schema/${"x".repeat(9_000)}` }],
    ["prompts/get", { name: "database___unknown" }],
    ["prompts/get", { name: "nowhere___explain" }],
    ["tools/call", { name: "database___unoffered" }],
    ["tools/call", { name: "query" }],
    ["tools/call", { name: 7 }],
    ["tools/call", {}],
  ])("%s of %j is nothing", async (method, params) => {
    it.traces.ran.length = 0;
    for (const isModern of [true, false]) {
      const { json, status } = await ask(it, method, params, {
        isModern,
        headers: isModern && !("name" in params) ? {} : {},
      });
      expect([200, 400]).toContain(status);
      expect([-32602, -32020, -32600]).toContain(json.error?.code);
    }
    expect(it.traces.ran).toEqual([]);
  });
});

describe("the search", () => {
  test("finds tools by their words, those alone that may be called", async () => {
    const { json } = await call(it, "x_amz_bedrock_agentcore_search", { query: "how do I list my files?" });
    const { structuredContent, content } = json.result as unknown as {
      structuredContent: { tools: { name: string }[] };
      content: { text: string }[];
    };
    expect(structuredContent.tools[0]?.name).toBe("files___list");
    expect(JSON.parse(content[0]?.text ?? "")).toEqual(structuredContent);
    const none = await call(it, "x_amz_bedrock_agentcore_search", { query: "unoffered" });
    expect(none.json.result?.structuredContent).toEqual({ tools: [] });
  });

  test("asks for words", async () => {
    for (const args of [{}, { query: 7 }])
      expect((await call(it, "x_amz_bedrock_agentcore_search", args)).json.result).toMatchObject({
        isError: true,
        content: [{ type: "text", text: "query must be text" }],
      });
  });

  test("prefers a word in the name, and stops at ten", () => {
    const tools = [
      { name: "a___other", description: "orders" },
      { name: "a___listOrders", description: "" },
      { name: "a___third", inputSchema: { type: "object", properties: { order: {} } } },
      ...Array.from({ length: 20 }, (_, i) => ({ name: `b___order-${i}`, title: "order" })),
    ];
    const found = searchTools("ORDERS", tools).map(({ name }) => name);
    expect(found).toHaveLength(10);
    expect(found[0]).toBe("b___order-0");
    expect(searchTools("orders", tools.slice(0, 3)).map(({ name }) => name)).toEqual([
      "a___listOrders",
      "a___other",
      "a___third",
    ]);
    expect(searchTools("", tools)).toEqual([]);
  });
});
