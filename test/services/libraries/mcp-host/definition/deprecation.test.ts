import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { HostConfig } from "../../../../../services/libraries/mcp-host/config.ts";
import {
  definePrompt,
  defineResource,
  defineTool,
  type Deprecation,
  type ServerDefinition,
} from "../../../../../services/libraries/mcp-host/definition/definition.ts";
import {
  deprecationHeaders,
  retained,
  withInheritedNotice,
} from "../../../../../services/libraries/mcp-host/definition/deprecation.ts";
import { listening, modern, post, type Answer, type Listening } from "../calls.ts";

const declared = {
  description: "",
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: [],
} as const;
const own: Deprecation = { since: "2.1.0", on: "2026-01-01", removeOn: "2027-06-30", use: "new" };
const period = { on: "2026-09-01", removeOn: "2027-03-01" };
const contents = (uri: URL) => Promise.resolve({ contents: [{ uri: uri.href, text: "" }] });
const messages = () => Promise.resolve({ messages: [] });

const definition: ServerDefinition<undefined> = {
  name: "mcp-sample",
  title: "Sample",
  version: "2.2.0",
  instructions: "Ask first.",
  tools: ["new", "old"].map((name) =>
    defineTool({
      ...declared,
      name,
      title: name,
      input: z.object({}),
      ...(name === "old" && { deprecated: own }),
      run: () => Promise.resolve(name),
    }),
  ),
  resources: [
    defineResource({ ...declared, name: "all", title: "", uri: "it://all", deprecated: own, read: contents }),
    defineResource({ ...declared, name: "one", title: "", uri: "it://of/{id}", deprecated: own, read: contents }),
    defineResource({ ...declared, name: "fresh", title: "", uri: "it://fresh", read: contents }),
  ],
  prompts: [definePrompt({ ...declared, name: "ask", title: "", deprecated: own, render: messages })],
};

const OWN = {
  deprecation: "@1767225600",
  sunset: "Wed, 30 Jun 2027 00:00:00 GMT",
  warning: (name: string) => `299 - "${name} is deprecated since 2.1.0, goes on 2027-06-30; use new"`,
};
const SERVER = {
  deprecation: "@1788220800",
  sunset: "Mon, 01 Mar 2027 00:00:00 GMT",
  sentence: "mcp-sample 2.2.0 is deprecated since 3.0.0, goes on 2027-03-01; use mcp-sample 3.0.0 or newer",
};

let current: Listening;
let old: Listening;

beforeAll(async () => {
  current = await listening(definition, undefined);
  old = await listening(retained(definition, period), undefined);
});
afterAll(() => Promise.all([current.host.stop(), old.host.stop()]));

async function ask(at: Listening, method: string, params: object = {}): Promise<Answer> {
  const { body, headers } = modern(method, params);
  return post(at.port, body, { ...headers, ...(await at.headers()) });
}

/** As revision 2025-11-25 asks, which has no metadata in requests and is answered by a stream. */
async function askAsBefore(at: Listening, method: string, params: object): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const answer = await post(at.port, body, { "mcp-protocol-version": "2025-11-25", ...(await at.headers()) });
  return { ...answer, json: JSON.parse(/^data: (\{.*)$/m.exec(answer.text)?.[1] ?? "") as Answer["json"] };
}

const headersOf = ({ headers: { deprecation, sunset, warning } }: Answer) => ({ deprecation, sunset, warning });
const noticeOf = ({ json }: Answer) =>
  (json.result?._meta as { "alicerce/deprecation"?: object } | undefined)?.["alicerce/deprecation"];

describe("what is deprecated by itself", () => {
  test.each([
    ["tools/call", { name: "old", arguments: {} }, "old"],
    ["prompts/get", { name: "ask" }, "ask"],
    ["resources/read", { uri: "it://all" }, "all"],
    ["resources/read", { uri: "it://of/7" }, "one"],
  ])("%s %j says so in both eras, in the result and in headers", async (method, params, name) => {
    for (const asked of [ask, askAsBefore]) {
      const answer = await asked(current, method, params);
      expect(noticeOf(answer)).toEqual(own);
      expect(headersOf(answer)).toEqual({ ...OWN, warning: OWN.warning(name) });
    }
  });

  test.each([
    ["tools/call", { name: "new", arguments: {} }],
    ["resources/read", { uri: "it://fresh" }],
    ["tools/list", {}],
    ["server/discover", {}],
  ])("%s %j says nothing", async (method, params) => {
    const answer = await ask(current, method, params);
    expect(answer.json.result).toBeDefined();
    expect(noticeOf(answer)).toBeUndefined();
    expect(headersOf(answer)).toEqual({});
  });
});

describe("a whole major that is deprecated", () => {
  const initialize = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "c", version: "1" } };

  test.each([
    ["2026-07-28", () => ask(old, "server/discover")],
    ["2025-11-25", () => askAsBefore(old, "initialize", initialize)],
  ])("says so to whoever connects by %s", async (_, connect) => {
    const answer = await connect();
    const { instructions } = answer.json.result as never as { instructions: string };
    expect(instructions).toBe(`${SERVER.sentence}.\nAsk first.`);
  });

  test.each([
    ["initialize", initialize, askAsBefore],
    ["server/discover", {}, ask],
    ["tools/list", {}, ask],
    ["resources/read", { uri: "it://fresh" }, ask],
    ["tools/call", { name: "new", arguments: {} }, askAsBefore],
    ["tools/call", { name: "unknown", arguments: {} }, ask],
  ])("says so in the headers of every answer: %s", async (method, params, asked) => {
    const { deprecation, sunset, sentence } = SERVER;
    expect(headersOf(await asked(old, method, params))).toEqual({
      deprecation,
      sunset,
      warning: `299 - "${sentence}"`,
    });
  });

  test("gives its notice to what has none, and the earliest days to what has one", async () => {
    const inherited = { since: "3.0.0", ...period, use: "mcp-sample 3.0.0 or newer" };
    expect(noticeOf(await ask(old, "tools/call", { name: "new", arguments: {} }))).toEqual(inherited);
    const answer = await ask(old, "tools/call", { name: "old", arguments: {} });
    expect(noticeOf(answer)).toEqual(own);
    const warning = `299 - "${SERVER.sentence}", ${OWN.warning("old")}`;
    expect(headersOf(answer)).toEqual({ deprecation: OWN.deprecation, sunset: SERVER.sunset, warning });
  });

  test("is told by the configuration, or is none", () => {
    const { SERVER_DEPRECATION: told } = HostConfig.shape;
    expect(retained(definition, told.parse("2026-09-01/2027-03-01")).deprecated).toMatchObject(period);
    expect(retained(definition, told.parse(undefined))).toBe(definition);
    expect(told.safeParse("2027-03-01").success).toBe(false);
  });
});

test.each([
  ["2026-09-01", "2026-09-01"],
  ["2027-09-01", "2026-09-01"],
  ["2026-02-30", "2027-09-01"],
  ["2026-09-01", "soon"],
])("a notice from %s to %s is no period", (on, removeOn) => {
  expect(() => withInheritedNotice(retained(definition, { on, removeOn }))).toThrow(TypeError);
});

test("a name from a foreign document stays inside its header", () => {
  const [, , warning] = deprecationHeaders([{ name: 'a"\\\r\nset-cookie: é', deprecated: own }]);
  expect(warning?.[1]).toMatch(/^299 - "a\\"\\\\\?\?set-cookie: \? is deprecated [^"]*"$/);
});
