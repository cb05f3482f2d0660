import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { DiskStore } from "../../../../services/mcp/files/disk-store.ts";
import { MemoryStore } from "../../../../services/mcp/files/memory-store.ts";
import type { ObjectStore } from "../../../../services/mcp/files/object-store.ts";
import { filesServer } from "../../../../services/mcp/files/server.ts";
import { callTool, listening, modern, post, type Listening } from "../server/calls.ts";

const folders: string[] = [];
const folder = () => {
  folders.push(mkdtempSync(join(tmpdir(), "alicerce-files-")));
  return folders.at(-1)!;
};
afterAll(() => folders.forEach((it) => rmSync(it, { recursive: true })));

const signal = AbortSignal.timeout(60_000);
const stores: [string, () => ObjectStore][] = [
  ["in memory", () => new MemoryStore()],
  ["on disk", () => new DiskStore(folder())],
];

describe.each(stores)("the files server with objects %s", (_, makeStore) => {
  let store: ObjectStore;
  let it: Listening;
  beforeEach(async () => {
    store = makeStore();
    it = await listening(filesServer, { store });
  });
  afterEach(() => it.host.stop());

  const call = async (tool: string, args: object, tenantId = "acme", scopes = ["mcp:read", "mcp:write"]) => {
    const { status, json } = await callTool(it, tool, args, { tenantId, scopes });
    const { isError, content, _meta, structuredContent } = json.result ?? { content: [] };
    if (status !== 200) return { status };
    if (isError !== true) return structuredContent;
    return { error: (_meta as { [key: string]: string } | undefined)?.["alicerce/error"] ?? content[0]?.text };
  };
  const write = (path: string, content: string, more: object = {}, tenantId = "acme") =>
    call("write_file", { path, content, ...more }, tenantId);

  test("writes, lists and reads", async () => {
    expect(await write("reports/q1.csv", "a,b\n1,2\n")).toEqual({ path: "reports/q1.csv", size: 8 });
    await write("b.txt", "bé");
    await write("c.png", "iVBORw==", { encoding: "base64" });
    expect(await call("read_file", { path: "b.txt" })).toEqual({
      path: "b.txt",
      mediaType: "text/plain",
      encoding: "utf-8",
      content: "bé",
    });
    expect(await call("read_file", { path: "c.png" })).toMatchObject({ encoding: "base64", content: "iVBORw==" });
    expect(await call("list_files", { limit: 2 })).toMatchObject({
      files: [{ path: "b.txt", size: 3 }, { path: "c.png" }],
      next: "c.png",
    });
    expect(await call("list_files", { limit: 2, after: "c.png" })).toMatchObject({
      files: [{ path: "reports/q1.csv" }],
    });
    expect(await call("list_files", { folder: "reports" })).toMatchObject({ files: [{ path: "reports/q1.csv" }] });
    expect(await call("list_files", { folder: "rep" })).toEqual({ files: [] });
  });

  test("keeps tenants apart", async () => {
    await write("secret.txt", "of acme");
    await write("secret.txt", "of other", {}, "other");
    expect(await call("read_file", { path: "secret.txt" }, "other")).toMatchObject({ content: "of other" });
    expect(await call("list_files", {}, "acm")).toEqual({ files: [] });
    expect(await call("search_files", { phrase: "acme" }, "other")).toMatchObject({ matches: [] });
    for (const path of [
      "../acme/secret.txt",
      "x/../../acme/secret.txt",
      "/acme/secret.txt",
      "%2e%2e/acme/secret.txt",
      "..\\acme\\secret.txt",
    ]) {
      expect(await call("read_file", { path }, "other")).toEqual({ error: "ERR_PATH_INVALID" });
      expect(await write(path, "x", { overwrite: true }, "other")).toEqual({ error: "ERR_PATH_INVALID" });
      expect(await call("list_files", { folder: path }, "other")).toEqual({ error: "ERR_PATH_INVALID" });
      expect(await call("list_files", { after: path }, "other")).toEqual({ error: "ERR_PATH_INVALID" });
      expect(await call("convert_file", { from: `${path}.csv`, to: "a.json" }, "other")).toEqual({
        error: "ERR_PATH_INVALID",
      });
    }
    expect(await call("read_file", { path: "secret.txt" })).toMatchObject({ content: "of acme" });
  });

  test("replaces a file only if asked to", async () => {
    await write("a.txt", "one");
    expect(await write("a.txt", "two")).toEqual({ error: "ERR_FILE_EXISTS" });
    expect(await call("read_file", { path: "a.txt" })).toMatchObject({ content: "one" });
    expect(await write("a.txt", "two", { overwrite: true })).toMatchObject({ size: 3 });
    expect(await call("read_file", { path: "a.txt" })).toMatchObject({ content: "two" });
  });

  test("refuses what it does not keep", async () => {
    expect(await write("run.sh", "x")).toEqual({ error: "ERR_FILE_TYPE" });
    expect(await write("a.zip", "x")).toEqual({ error: "ERR_FILE_TYPE" });
    expect(await write("a.txt", "/w==", { encoding: "base64" })).toEqual({ error: "ERR_FILE_ENCODING" });
    expect(await write("big.txt", "x".repeat(1024 * 1024 + 1))).toEqual({ error: "ERR_FILE_TOO_LARGE" });
    expect(await write("a.png", "not base64!", { encoding: "base64" })).toMatchObject({
      error: expect.stringContaining("base64") as string,
    });
    expect(await call("read_file", { path: "none.txt" })).toEqual({ error: "ERR_FILE_NOT_FOUND" });
    await store.write("acme/large.txt", Buffer.alloc(1024 * 1024 + 1, 97), { ifAbsent: true }, signal);
    expect(await call("read_file", { path: "large.txt" })).toEqual({ error: "ERR_FILE_TOO_LARGE" });
    expect(await call("list_files", {})).toMatchObject({ files: [{ path: "large.txt" }] });
  });

  test("writes for nobody who may only read", async () => {
    const args = { path: "a.txt", content: "x" };
    expect(await call("write_file", args, "acme", ["mcp:read"])).toEqual({ status: 403 });
    expect(await call("convert_file", { from: "a.csv", to: "a.json" }, "acme", ["mcp:read"])).toEqual({ status: 403 });
    expect(await call("list_files", {}, "acme", ["mcp:read"])).toEqual({ files: [] });
  });

  test("searches, and goes on where it stopped", async () => {
    await write("a.txt", "one\nTwo Words\nthree");
    await write("b.md", "two words\ntwo words");
    await write("c.png", "dHdvIHdvcmRz", { encoding: "base64" });
    await write("d.txt", "two words");
    const first = (await call("search_files", { phrase: "two words", limit: 3 })) as {
      matches: object[];
      next: string;
    };
    expect(first.matches).toEqual([
      { path: "a.txt", line: 2, excerpt: "Two Words" },
      { path: "b.md", line: 1, excerpt: "two words" },
      { path: "b.md", line: 2, excerpt: "two words" },
    ]);
    const second = await call("search_files", { phrase: "two words", limit: 3, after: first.next });
    expect(second).toEqual({ matches: [{ path: "d.txt", line: 1, excerpt: "two words" }], searched: 1 });
  });

  test("converts tables", async () => {
    await write("t.csv", "name,age\nAda,36\n");
    expect(await call("convert_file", { from: "t.csv", to: "t.xml" })).toMatchObject({ rows: 1 });
    expect(await call("convert_file", { from: "t.xml", to: "t.json" })).toMatchObject({ rows: 1 });
    const { content } = (await call("read_file", { path: "t.json" })) as { content: string };
    expect(JSON.parse(content)).toEqual([{ name: "Ada", age: "36" }]);
    expect(await call("convert_file", { from: "t.json", to: "t.txt" })).toEqual({ error: "ERR_FILE_TYPE" });
    await write("bad.csv", "a,b\n1\n");
    expect(await call("convert_file", { from: "bad.csv", to: "x.json" })).toEqual({ error: "ERR_TABLE_INVALID" });
  });

  test("gives out files as resources", async () => {
    await write("folder/é b.txt", "hello");
    const ask = async (method: string, params: object, tenantId = "acme") => {
      const { body, headers } = modern(method, params);
      return (await post(it.port, body, { ...headers, ...(await it.headers({ tenantId })) })).json;
    };
    const { result } = await ask("resources/list", {});
    const uri = "tenant-files:///folder/%C3%A9%20b.txt";
    expect(result).toMatchObject({ resources: [{ uri, name: "folder/é b.txt" }], cacheScope: "private" });
    expect((await ask("resources/read", { uri })).result).toMatchObject({
      contents: [{ uri, mimeType: "text/plain", text: "hello" }],
    });
    expect((await ask("resources/read", { uri }, "other")).error).toMatchObject({
      code: -32602,
      data: { code: "ERR_FILE_NOT_FOUND" },
    });
    for (const path of [
      "..%2facme/a.txt",
      "%2e%2e%2facme%2fa.txt",
      "%252e%252e/a.txt",
      "a%00.txt",
      "%c0%ae%c0%ae/a.txt",
    ]) {
      const { error } = await ask("resources/read", { uri: `tenant-files:///${path}` }, "other");
      expect(error).toMatchObject({ code: -32602, data: { code: "ERR_PATH_INVALID" } });
    }
  });

  test("renders its prompt", async () => {
    const { body, headers } = modern("prompts/get", { name: "summarize_file", arguments: { path: "a.txt" } });
    const { json } = await post(it.port, body, { ...headers, ...(await it.headers()) });
    expect(json.result).toMatchObject({
      messages: [{ role: "user", content: { text: expect.stringContaining('"a.txt"') as string } }],
    });
  });
});

test("a link on disk leads nowhere", async () => {
  const root = folder();
  const outside = folder();
  writeFileSync(join(outside, "secret.txt"), "secret");
  const store = new DiskStore(root);
  await store.write("acme/a.txt", Buffer.from("a"), { ifAbsent: true }, signal);
  symlinkSync(join(outside, "secret.txt"), join(root, "acme", "link.txt"));
  symlinkSync(outside, join(root, "acme", "folder"));
  expect(await store.read("acme/link.txt", 100, signal)).toBeUndefined();
  expect(await store.read("acme/folder/secret.txt", 100, signal)).toBeUndefined();
  await expect(store.write("acme/folder/new.txt", Buffer.from("x"), { ifAbsent: true }, signal)).rejects.toThrow();
  expect((await store.list({ prefix: "acme/", limit: 10 }, signal)).objects.map(({ key }) => key)).toEqual([
    "acme/a.txt",
  ]);
});
