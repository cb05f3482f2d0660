import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ObjectStore } from "../../../../services/mcp/files/store/object-store.ts";
import { filesServer } from "../../../../services/mcp/files/server.ts";
import { callTool, listening } from "../../libraries/mcp-host/calls.ts";
import { filesHost, signal, testStorage, type FilesHost, type TestStorage } from "./files-fixture.ts";
import { MemoryStore } from "./memory-store.ts";

/** Made before any connection is open: it takes longer than an idle one is kept. */
const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, "x"));

let storage: TestStorage;
beforeAll(async () => {
  storage = await testStorage();
});
afterAll(() => storage.stop());

const stores: [string, () => ObjectStore][] = [
  ["in memory", () => new MemoryStore()],
  ["in S3", () => storage.newStore()],
];

describe.each(stores)("the files server with objects %s", (_, newStore) => {
  let store: ObjectStore;
  let acme: FilesHost;
  let other: FilesHost;
  beforeEach(async () => {
    store = newStore();
    [acme, other] = await Promise.all([filesHost(store), filesHost(store, { tenantId: "other" })]);
  });
  afterEach(() => Promise.all([acme.stop(), other.stop()]));

  const call = (tool: string, args: object, host = acme) => host.call(tool, args);
  const write = (path: string, content: string, more: object = {}, host = acme) =>
    host.call("write-file", { path, content, ...more });

  test("writes, lists and reads", async () => {
    expect(await write("reports/q1.csv", "a,b\n1,2\n")).toEqual({ path: "reports/q1.csv", size: 8 });
    await write("b.txt", "bé");
    await write("c.png", "iVBORw==", { encoding: "base64" });
    expect(await call("read-file", { path: "b.txt" })).toEqual({
      path: "b.txt",
      mediaType: "text/plain",
      encoding: "utf-8",
      content: "bé",
    });
    expect(await call("read-file", { path: "c.png" })).toMatchObject({ encoding: "base64", content: "iVBORw==" });
    expect(await call("list-files", { limit: 2 })).toMatchObject({
      files: [{ path: "b.txt", size: 3 }, { path: "c.png" }],
      next: "c.png",
    });
    expect(await call("list-files", { limit: 2, after: "c.png" })).toMatchObject({
      files: [{ path: "reports/q1.csv" }],
    });
    expect(await call("list-files", { folder: "reports" })).toMatchObject({ files: [{ path: "reports/q1.csv" }] });
    expect(await call("list-files", { folder: "rep" })).toEqual({ files: [] });
  });

  test("keeps tenants apart", async () => {
    await write("secret.txt", "of acme");
    await write("secret.txt", "of other", {}, other);
    expect(await call("read-file", { path: "secret.txt" }, other)).toMatchObject({ content: "of other" });
    const shorter = await filesHost(store, { tenantId: "acm" });
    expect(await call("list-files", {}, shorter)).toEqual({ files: [] });
    await shorter.stop();
    expect(await call("search-files", { phrase: "acme" }, other)).toMatchObject({ matches: [] });
    for (const path of [
      "../acme/secret.txt",
      "x/../../acme/secret.txt",
      "/acme/secret.txt",
      "%2e%2e/acme/secret.txt",
      "..\\acme\\secret.txt",
    ]) {
      expect(await call("read-file", { path }, other)).toEqual({ error: "ERR_PATH_INVALID" });
      expect(await write(path, "x", { overwrite: true }, other)).toEqual({ error: "ERR_PATH_INVALID" });
      expect(await call("list-files", { folder: path }, other)).toEqual({ error: "ERR_PATH_INVALID" });
      expect(await call("list-files", { after: path }, other)).toEqual({ error: "ERR_PATH_INVALID" });
      expect(await call("convert-file", { from: `${path}.csv`, to: "a.json" }, other)).toEqual({
        error: "ERR_PATH_INVALID",
      });
    }
    expect(await call("read-file", { path: "secret.txt" })).toMatchObject({ content: "of acme" });
  });

  test("replaces a file only if asked to", async () => {
    await write("a.txt", "one");
    expect(await write("a.txt", "two")).toEqual({ error: "ERR_FILE_EXISTS" });
    expect(await call("read-file", { path: "a.txt" })).toMatchObject({ content: "one" });
    expect(await write("a.txt", "two", { overwrite: true })).toMatchObject({ size: 3 });
    expect(await call("read-file", { path: "a.txt" })).toMatchObject({ content: "two" });
  });

  test("refuses what it does not keep", async () => {
    expect(await write("run.sh", "x")).toEqual({ error: "ERR_FILE_TYPE" });
    expect(await write("a.zip", "x")).toEqual({ error: "ERR_FILE_TYPE" });
    expect(await write("a.txt", "/w==", { encoding: "base64" })).toEqual({ error: "ERR_FILE_ENCODING" });
    expect(await write("big.txt", "x".repeat(1024 * 1024 + 1))).toEqual({ error: "ERR_FILE_TOO_LARGE" });
    expect(await write("a.png", "not base64!", { encoding: "base64" })).toMatchObject({
      error: expect.stringContaining("base64") as string,
    });
    expect(await call("read-file", { path: "none.txt" })).toEqual({ error: "ERR_FILE_NOT_FOUND" });
    await store.write("acme/large.txt", Buffer.alloc(1024 * 1024 + 1, 97), { ifAbsent: true }, signal);
    expect(await call("read-file", { path: "large.txt" })).toEqual({ error: "ERR_FILE_TOO_LARGE" });
    expect(await call("list-files", {})).toMatchObject({ files: [{ path: "large.txt" }] });
  });

  test("writes for nobody who may only read", async () => {
    const reader = await filesHost(store, { scopes: ["mcp:read"] });
    expect(await write("a.txt", "x", {}, reader)).toEqual({ status: 403 });
    expect(await call("convert-file", { from: "a.csv", to: "a.json" }, reader)).toEqual({ status: 403 });
    expect(await call("list-files", {}, reader)).toEqual({ files: [] });
    await reader.stop();
  });

  test("reads text that is kept compressed, and no bomb", async () => {
    const keep = (path: string, content: Buffer) => write(path, content.toString("base64"), { encoding: "base64" });
    expect(await keep("t.csv.gz", gzipSync("name,age\nAda,36\n"))).toHaveProperty("size");
    expect(await call("read-file", { path: "t.csv.gz" })).toMatchObject({
      mediaType: "text/csv",
      content: "name,age\nAda,36\n",
    });
    expect(await call("convert-file", { from: "t.csv.gz", to: "t.json" })).toMatchObject({ rows: 1 });
    expect(await call("search-files", { phrase: "ada" })).toMatchObject({
      matches: [{ path: "t.csv.gz", line: 2 }, { path: "t.json" }],
    });
    expect(bomb.length).toBeLessThan(300_000);
    expect(await keep("bomb.csv.gz", bomb)).toEqual({ error: "ERR_FILE_TOO_LARGE" });
    await store.write("acme/bomb.csv.gz", bomb, { ifAbsent: true }, signal);
    await store.write("acme/two.txt.gz", Buffer.concat([bomb, bomb]), { ifAbsent: true }, signal);
    await store.write("acme/plain.txt.gz", Buffer.from("plain"), { ifAbsent: true }, signal);
    expect(await call("read-file", { path: "bomb.csv.gz" })).toEqual({ error: "ERR_FILE_TOO_LARGE" });
    expect(await call("read-file", { path: "two.txt.gz" })).toEqual({ error: "ERR_FILE_TOO_LARGE" });
    expect(await call("convert-file", { from: "bomb.csv.gz", to: "x.json" })).toEqual({ error: "ERR_FILE_TOO_LARGE" });
    expect(await call("read-file", { path: "plain.txt.gz" })).toEqual({ error: "ERR_FILE_ENCODING" });
    expect(await call("search-files", { phrase: "ada" })).toMatchObject({ searched: 2 });
    expect(await keep("a.png.gz", bomb)).toEqual({ error: "ERR_FILE_TYPE" });
  });

  test("searches, and goes on where it stopped", async () => {
    await write("a.txt", "one\nTwo Words\nthree");
    await write("b.md", "two words\ntwo words");
    await write("c.png", "dHdvIHdvcmRz", { encoding: "base64" });
    await write("d.txt", "two words");
    const first = (await call("search-files", { phrase: "two words", limit: 3 })) as {
      matches: object[];
      next: string;
    };
    expect(first.matches).toEqual([
      { path: "a.txt", line: 2, excerpt: "Two Words" },
      { path: "b.md", line: 1, excerpt: "two words" },
      { path: "b.md", line: 2, excerpt: "two words" },
    ]);
    const second = await call("search-files", { phrase: "two words", limit: 3, after: first.next });
    expect(second).toEqual({ matches: [{ path: "d.txt", line: 1, excerpt: "two words" }], searched: 1 });
  });

  test("converts tables", async () => {
    await write("t.csv", "name,age\nAda,36\n");
    expect(await call("convert-file", { from: "t.csv", to: "t.xml" })).toMatchObject({ rows: 1 });
    expect(await call("convert-file", { from: "t.xml", to: "t.json" })).toMatchObject({ rows: 1 });
    const { content } = (await call("read-file", { path: "t.json" })) as { content: string };
    expect(JSON.parse(content)).toEqual([{ name: "Ada", age: "36" }]);
    expect(await call("convert-file", { from: "t.json", to: "t.txt" })).toEqual({ error: "ERR_FILE_TYPE" });
    await write("bad.csv", "a,b\n1\n");
    expect(await call("convert-file", { from: "bad.csv", to: "x.json" })).toEqual({ error: "ERR_TABLE_INVALID" });
  });

  test("gives out files as resources", async () => {
    await write("folder/é b.txt", "hello");
    const ask = (method: string, params: object, host = acme) => host.ask(method, params);
    const { result } = await ask("resources/list", {});
    const uri = "tenant-files:///folder/%C3%A9%20b.txt";
    expect(result).toMatchObject({ resources: [{ uri, name: "folder/é b.txt" }], cacheScope: "private" });
    expect((await ask("resources/read", { uri })).result).toMatchObject({
      contents: [{ uri, mimeType: "text/plain", text: "hello" }],
    });
    expect((await ask("resources/read", { uri }, other)).error).toMatchObject({
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
      const { error } = await ask("resources/read", { uri: `tenant-files:///${path}` }, other);
      expect(error).toMatchObject({ code: -32602, data: { code: "ERR_PATH_INVALID" } });
    }
  });

  test("renders its prompt", async () => {
    const { result } = await acme.ask("prompts/get", { name: "summarise-file", arguments: { path: "a.txt" } });
    expect(result).toMatchObject({
      messages: [{ role: "user", content: { text: expect.stringContaining('"a.txt"') as string } }],
    });
  });
});

test("callers are known by their context token alone", async () => {
  const store = storage.newStore();
  const it = await listening(filesServer("1.0.0"), { store });
  const written = await callTool(it, "write-file", { path: "a.txt", content: "hello" });
  expect(written.json.result?.structuredContent).toEqual({ path: "a.txt", size: 5 });
  expect((await store.read("acme/a.txt", 10, signal))?.toString()).toBe("hello");
  expect((await callTool(it, "read-file", { path: "a.txt" }, { tenantId: "other" })).status).toBe(401);
  await it.host.stop();
});

test("only retained majors are served", () => {
  expect(filesServer("1.4.2").version).toBe("1.4.2");
  for (const version of ["0.9.0", "2.0.0", "10.0.0", ""]) expect(() => filesServer(version)).toThrow(TypeError);
});
