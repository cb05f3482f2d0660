import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import {
  defineResource,
  defineTool,
  type ServerDefinition,
} from "../../../../services/libraries/mcp-host/definition/definition.ts";
import { listening, modern, post, type Listening } from "./calls.ts";

const declared = {
  title: "T",
  description: "D",
  scope: "mcp:read",
  permission: "read:data",
  classification: "internal",
  awsCalls: [],
} as const;
const server: ServerDefinition<undefined> = {
  name: "mcp-notes",
  title: "Notes",
  version: "1.0.0",
  tools: [
    defineTool({ ...declared, name: "read-note", input: z.object({}), run: () => Promise.resolve("secret note") }),
  ],
  resources: [
    defineResource<undefined>({
      ...declared,
      name: "note",
      uri: "notes://{id}",
      list: () => Promise.resolve([{ uri: "notes://7", name: "secret name" }]),
      read: (uri) => Promise.resolve({ contents: [{ uri: uri.href, text: "secret note" }] }),
    }),
  ],
};

let it: Listening;
beforeAll(async () => {
  it = await listening(server, undefined);
});
afterAll(() => it.host.stop());

const asGateway = (method: string, params: object = {}) => {
  const { body, headers } = modern(method, params);
  return post(it.port, body, headers);
};

describe("a gateway that asks in its own name, without a context token", () => {
  test("is told what there is", async () => {
    expect((await asGateway("tools/list")).text).toContain("read-note");
    expect((await asGateway("resources/templates/list")).text).toContain("notes://{id}");
    expect((await asGateway("server/discover")).status).toBe(200);
  });

  test("also in the revisions with a handshake", async () => {
    const initialize = {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "gateway", version: "1" } },
    };
    expect((await post(it.port, JSON.stringify(initialize), {})).status).toBe(200);
    const list = JSON.stringify({ jsonrpc: "2.0", id: 2, method: "tools/list" });
    expect((await post(it.port, list, { "mcp-protocol-version": "2025-11-25" })).text).toContain("read-note");
  });

  test("is not told what is a tenant's own", async () => {
    const { status, text } = await asGateway("resources/list");
    expect(status).toBe(200);
    expect(text).not.toContain("secret");
    const { body, headers } = modern("resources/list");
    expect((await post(it.port, body, { ...headers, ...(await it.headers()) })).text).toContain("secret name");
  });

  test.each([
    ["tools/call", { name: "read-note", arguments: {} }],
    ["resources/read", { uri: "notes://7" }],
    ["prompts/get", { name: "any" }],
    ["subscriptions/listen", {}],
  ])("is refused %s", async (method, params) => {
    const { status, json, text } = await asGateway(method, params);
    expect([status, json.error?.data?.code]).toEqual([401, "ERR_TOKEN_MISSING"]);
    expect(text).not.toContain("secret");
  });

  test("is refused with a token that is wrong, though it only asks what there is", async () => {
    const { body, headers } = modern("tools/list");
    expect((await post(it.port, body, { ...headers, "x-user-context": "" })).status).toBe(401);
    expect((await post(it.port, body, { ...headers, "x-user-context": "a.b.c" })).status).toBe(401);
  });
});
