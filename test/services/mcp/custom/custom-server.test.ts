import { afterAll, beforeAll, expect, test } from "vitest";
import { CustomConfig } from "../../../../services/mcp/custom/config.ts";
import { openServices } from "../../../../services/mcp/custom/open-services.ts";
import { customServer } from "../../../../services/mcp/custom/server.ts";
import { callTool, listening, modern, post, type Listening } from "../../libraries/mcp-host/calls.ts";
import { environment } from "./environment.ts";

const config = { ...environment, CUSTOM_TERMS: '{"SLO":"What was promised."}' };

let it: Listening;
beforeAll(async () => {
  it = await listening(customServer("1.0.0"), openServices(CustomConfig.parse(config)).services);
});
afterAll(() => it.host.stop());

test("a term is explained to a caller with the scope for it", async () => {
  const { json } = await callTool(it, "explain-term", { term: "slo" });
  expect(json.result?.structuredContent).toEqual({ term: "slo", meaning: "What was promised." });
  expect((await callTool(it, "explain-term", { term: "slo" }, { scopes: [] })).status).toBe(403);
});

test.each([
  [{ term: "unheard-of" }, { _meta: { "alicerce/error": "ERR_TERM_UNKNOWN" } }],
  [{ term: "" }, { isError: true }],
  [{}, { isError: true }],
])("%j is an error of the tool", async (args, result) => {
  expect((await callTool(it, "explain-term", args)).json.result).toMatchObject({ isError: true, ...result });
});

test("all terms are a resource", async () => {
  const { body, headers } = modern("resources/read", { uri: "custom://terms" });
  const { json } = await post(it.port, body, { ...headers, ...(await it.headers()) });
  expect(json.result).toMatchObject({ contents: [{ text: '{"SLO":"What was promised."}' }] });
});

test.each(["no JSON", "[]", '{"SLO":1}', '{"":"nothing"}', '{"a":"b","a":"c"}'])("%j is no list of terms", (text) => {
  const { error } = CustomConfig.safeParse({ ...config, CUSTOM_TERMS: text });
  expect(error?.issues.map((it) => it.path[0])).toEqual(["CUSTOM_TERMS"]);
});
