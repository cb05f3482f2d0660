import { hash } from "node:crypto";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PERMISSIONS } from "../../../../contracts/identity/permissions.ts";
import type { ObjectStore } from "../../../../services/mcp/files/store/object-store.ts";
import { filesServer } from "../../../../services/mcp/files/server.ts";
import type { TenantContext } from "../../../../services/libraries/service-kit/tenant-context.ts";
import { callTool, listening } from "../../libraries/mcp-host/calls.ts";
import { filesHost, signal, testStorage, type FilesHost, type TestStorage } from "./files-fixture.ts";
import { MemoryStore } from "./memory-store.ts";
import { pdfOfPages, textContent } from "./pdf-documents.ts";

const consumer = (userId: string): Partial<TenantContext> => ({ kind: "consumer", userId });
const partner = (...customers: string[]): Partial<TenantContext> => ({
  kind: "partner",
  organizationId: "org-1",
  permissions: [...PERMISSIONS, ...customers.map((it) => `customer:${it}`)],
});

/** How each tool names a file, one that is there where it reads. */
const CALLS: { readonly [tool: string]: (path: string) => object } = {
  "read-file": (path) => ({ path: `${path}.txt` }),
  "read-pdf": (path) => ({ path: `${path}.pdf` }),
  "view-image": (path) => ({ path: `${path}.png` }),
  "share-file": (path) => ({ path: `${path}.txt` }),
  "convert-file": (path) => ({ from: `${path}.csv`, to: `${path}.json`, overwrite: true }),
  "list-files": (path) => ({ folder: path }),
  "search-files": (path) => ({ phrase: "secret", folder: path }),
  "write-file": (path) => ({ path: `${path}.txt`, content: "mine" }),
  "prepare-upload": (path) => ({ path: `${path}.txt`, size: 4, sha256: hash("sha256", "mine") }),
};
const READS = ["read-file", "read-pdf", "view-image", "share-file", "convert-file"];

/** What leads out of a folder where a name is not taken for what it is. */
const CLIMBING = [
  ...["../anna/secret", "../../acme/customers/anna/secret", "x/../../anna/secret", "./../anna/secret"],
  ...["/customers/anna/secret", "/acme/customers/anna/secret", "..\\anna\\secret", "//anna/secret"],
  ...["%2e%2e/anna/secret", "..%2fanna%2fsecret", "%252e%252e%252fanna%252fsecret", "．．／anna／secret"],
  ...["..\u0000/anna/secret", "../anna/secret\u0000", "s3://acme-files/files/acme/customers/anna/secret"],
];

let storage: TestStorage;
let contents: { readonly [extension: string]: Buffer };
beforeAll(async () => {
  storage = await testStorage();
  const image = sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } });
  contents = {
    txt: Buffer.from("a secret"),
    csv: Buffer.from("word\nsecret\n"),
    pdf: pdfOfPages([textContent("secret")]),
    png: await image.png().toBuffer(),
  };
});
afterAll(() => storage.stop());

const stores: [string, () => ObjectStore][] = [
  ["in memory", () => new MemoryStore()],
  ["in S3", () => storage.newStore()],
];

test("every tool is among those that are tried", () => {
  expect(
    filesServer("1.0.0")
      .tools.map(({ name }) => name)
      .toSorted(),
  ).toEqual(Object.keys(CALLS).toSorted());
});

describe.each(stores)("files of customers, with objects %s", (_, newStore) => {
  let store: ObjectStore;
  let hosts: FilesHost[];
  let ann: FilesHost;
  beforeEach(async () => {
    store = newStore();
    hosts = [];
    for (const path of ["customers/anna/secret", "customers/an/secret", "customers/Ann/secret", "secret"])
      for (const [extension, body] of Object.entries(contents))
        await store.write(`acme/${path}.${extension}`, body, { ifAbsent: true }, signal);
    ann = await hostOf(consumer("ann"));
  });
  afterEach(() => Promise.all(hosts.map((it) => it.stop())));

  const hostOf = async (caller: Partial<TenantContext>): Promise<FilesHost> => {
    const host = await filesHost(store, caller);
    hosts.push(host);
    return host;
  };
  const keys = async () => (await store.list({ prefix: "", limit: 1_000 }, signal)).objects.map(({ key }) => key);
  const listed = async (host: FilesHost, args: object = {}) =>
    ((await host.call("list-files", args)) as { readonly files: { readonly path: string }[] }).files.map(
      ({ path }) => path,
    );

  test("are the consumer's own, by paths as if there were no others", async () => {
    expect(await ann.call("write-file", { path: "letters/a.csv", content: "word\nmine\n" })).toHaveProperty("size");
    expect(await ann.call("convert-file", { from: "letters/a.csv", to: "letters/a.json" })).toHaveProperty("rows", 1);
    expect(await listed(ann)).toEqual(["letters/a.csv", "letters/a.json"]);
    expect(await ann.call("search-files", { phrase: "mine" })).toMatchObject({
      matches: [{ path: "letters/a.csv" }, { path: "letters/a.json" }],
    });
    expect((await ann.ask("resources/list", {})).result).toMatchObject({
      resources: [{ name: "letters/a.csv" }, { name: "letters/a.json" }],
    });
    expect(await ann.call("share-file", { path: "letters/a.csv" })).toHaveProperty("size", 10);
    expect((await keys()).filter((it) => it.includes("letters"))).toEqual([
      "acme/customers/ann/letters/a.csv",
      "acme/customers/ann/letters/a.json",
    ]);
  });

  test("of others are as files that are not there, for every tool that reads", async () => {
    const answer = async (tool: string, path: string) =>
      JSON.stringify((await ann.ask("tools/call", { name: tool, arguments: CALLS[tool]?.(path) })).result);
    for (const tool of READS)
      for (const others of ["secret", "customers/anna/secret", "customers/Ann/secret", "anna/secret", "acme/secret"]) {
        const nobodys = others.replace("secret", "nobody");
        const told = await answer(tool, others);
        expect(told).toContain("ERR_FILE_NOT_FOUND");
        expect(told.replaceAll("secret", "nobody")).toBe(await answer(tool, nobodys));
      }
    const read = (uri: string) => ann.ask("resources/read", { uri });
    for (const path of ["secret.txt", "customers/anna/secret.txt", "anna/secret.txt"])
      expect((await read(`tenant-files:///${path}`)).error).toMatchObject({
        message: `there is no file "${path}"`,
        data: { code: "ERR_FILE_NOT_FOUND" },
      });
  });

  test("of others are in no list, wherever it is asked to begin", async () => {
    for (const folder of ["customers", "customers/anna", "anna", "acme", "a"]) {
      expect(await listed(ann, { folder })).toEqual([]);
      expect(await ann.call("search-files", { phrase: "secret", folder })).toMatchObject({ matches: [], searched: 0 });
    }
    for (const after of ["a", "customers/anna", "zzz", "0"]) expect(await listed(ann, { after })).toEqual([]);
    expect(await ann.call("search-files", { phrase: "secret" })).toMatchObject({ matches: [], searched: 0 });
    expect((await ann.ask("resources/list", {})).result).toMatchObject({ resources: [] });
  });

  test("of others are not written, since a path names the caller's own", async () => {
    for (const path of ["secret", "customers/anna/secret", "customers/anna/new"]) {
      expect(await ann.call("write-file", { path: `${path}.txt`, content: "mine", overwrite: true })).toHaveProperty(
        "size",
      );
    }
    const written = (await keys()).filter((it) => it.startsWith("acme/customers/ann/"));
    expect(written).toEqual([
      "acme/customers/ann/customers/anna/new.txt",
      "acme/customers/ann/customers/anna/secret.txt",
      "acme/customers/ann/secret.txt",
    ]);
    for (const key of ["acme/secret.txt", "acme/customers/anna/secret.txt"])
      expect((await store.read(key, 100, signal))?.toString()).toBe("a secret");
    expect(await keys()).not.toContain("acme/customers/anna/new.txt");
  });

  test.each(CLIMBING)("are not left by %j", async (path) => {
    const before = await keys();
    for (const [tool, args] of Object.entries(CALLS))
      expect({ tool, ...(await ann.call(tool, args(path))) }).toEqual({ tool, error: "ERR_PATH_INVALID" });
    expect(await ann.call("list-files", { after: path })).toEqual({ error: "ERR_PATH_INVALID" });
    expect(await ann.call("search-files", { phrase: "secret", after: path })).toEqual({ error: "ERR_PATH_INVALID" });
    await ann.call("write-file", { path: "a.csv", content: "word\nmine\n" });
    expect(await ann.call("convert-file", { from: "a.csv", to: `${path}.json`, overwrite: true })).toEqual({
      error: "ERR_PATH_INVALID",
    });
    const prompt = await ann.ask("prompts/get", { name: "summarise-file", arguments: { path } });
    expect(prompt.error?.data?.code).toBe("ERR_PATH_INVALID");
    expect(await keys()).toEqual([...before, "acme/customers/ann/a.csv"].toSorted());
  });

  test("are not left by the address of a resource", async () => {
    const written = ["../anna", "..%2fanna", "%2e%2e%2fanna", "%252e%252e%252fanna", "%c0%ae%c0%ae/anna", "/anna"];
    for (const path of written) {
      const { error } = await ann.ask("resources/read", { uri: `tenant-files:///${path}/secret.txt` });
      expect(error?.data?.code).toBeOneOf(["ERR_PATH_INVALID", "ERR_FILE_NOT_FOUND"]);
      expect(JSON.stringify(error)).not.toContain("a secret");
    }
  });

  test("are those of the one customer for whom a partner acts", async () => {
    const host = await hostOf(partner("anna"));
    expect(await listed(host)).toEqual(["secret.csv", "secret.pdf", "secret.png", "secret.txt"]);
    expect(await host.call("read-file", { path: "secret.txt" })).toMatchObject({ content: "a secret" });
    expect(await (await hostOf(consumer("anna"))).call("read-file", { path: "secret.txt" })).toMatchObject({
      content: "a secret",
    });
  });

  test("are a consumer's by her own id, whatever else her token permits", async () => {
    const host = await hostOf({ ...consumer("ann"), permissions: [...PERMISSIONS, "customer:anna"] });
    expect(await listed(host)).toEqual([]);
  });

  test.each<[string, Partial<TenantContext>]>([
    ["a partner of several customers", partner("ann", "anna")],
    ["a partner of the same customer twice", partner("anna", "anna")],
    ["a partner of no customer", partner()],
    ["a partner of a customer without an id", partner("")],
    ["a partner whose customer's id climbs", partner("../anna")],
    ["a consumer without an id", { kind: "consumer" }],
    ["a consumer whose id is empty", consumer("")],
    ["a consumer whose id climbs", consumer("..")],
    ["a consumer whose id leads on", consumer("anna/secret")],
    ["a consumer whose id is encoded", consumer("%61nna")],
    ["a consumer whose id ends a line", consumer("anna\n")],
    ["a consumer whose id looks like another", consumer("ａnna")],
    ["a caller of whom nothing is known", { kind: undefined as never, userId: "anna" }],
  ])("are nobody's for %s", async (_name, caller) => {
    const before = await keys();
    const host = await hostOf(caller);
    for (const [tool, args] of Object.entries(CALLS))
      expect({ tool, ...(await host.call(tool, args("secret"))) }).toEqual({ tool, error: "ERR_OWNER_UNKNOWN" });
    expect(await host.call("list-files")).toEqual({ error: "ERR_OWNER_UNKNOWN" });
    for (const [method, params] of [
      ["resources/list", {}],
      ["resources/read", { uri: "tenant-files:///secret.txt" }],
      ["prompts/get", { name: "summarise-file", arguments: { path: "secret.txt" } }],
    ] as const)
      expect((await host.ask(method, params)).error?.data?.code).toBe("ERR_OWNER_UNKNOWN");
    expect(await keys()).toEqual(before);
  });

  test.each<[string, Partial<TenantContext>]>([
    ["a developer", { kind: "developer", userId: "ann", roles: ["developer"] }],
    ["a machine", { kind: "machine" }],
  ])("are seen and written by %s, who sees the whole tenant", async (_name, caller) => {
    const host = await hostOf(caller);
    expect(await host.call("read-file", { path: "customers/anna/secret.txt" })).toMatchObject({ content: "a secret" });
    expect(await host.call("write-file", { path: "customers/ann/bill.txt", content: "12 EUR" })).toHaveProperty("size");
    expect(await ann.call("read-file", { path: "bill.txt" })).toMatchObject({ content: "12 EUR" });
    expect(await listed(host)).toContain("secret.txt");
  });

  test("have paths by which the tenant's own people can name them, however long", async () => {
    const longest = "a".repeat(900 - "customers/ann/.txt".length);
    expect(await ann.call("write-file", { path: `${longest}.txt`, content: "x" })).toHaveProperty("size");
    expect(await ann.call("write-file", { path: `a${longest}.txt`, content: "x" })).toEqual({
      error: "ERR_PATH_INVALID",
    });
    const machine = await hostOf({ kind: "machine" });
    expect(await machine.call("read-file", { path: `customers/ann/${longest}.txt` })).toHaveProperty("content", "x");
  });
});

describe("links", () => {
  test("of a customer are for objects of that customer", async () => {
    const store = storage.newStore();
    await store.write("acme/customers/anna/secret.txt", Buffer.from("a secret"), { ifAbsent: true }, signal);
    const [ann, anna] = await Promise.all([filesHost(store, consumer("ann")), filesHost(store, consumer("anna"))]);
    const { url } = (await anna.call("share-file", { path: "secret.txt" })) as { readonly url: string };
    expect(new URL(url).pathname).toMatch(/\/files\/acme\/customers\/anna\/secret\.txt$/);
    expect(await (await fetch(url)).text()).toBe("a secret");
    const upload = (await ann.call("prepare-upload", CALLS["prepare-upload"]!("customers/anna/secret"))) as {
      readonly url: string;
    };
    expect(new URL(upload.url).pathname).toMatch(/\/files\/acme\/customers\/ann\/customers\/anna\/secret\.txt$/);
    expect((await fetch(url.replace("/anna/", "/ann/"))).status).toBe(403);
    await Promise.all([ann.stop(), anna.stop()]);
  });
});

test("a customer is known by the context token alone", async () => {
  const store = storage.newStore();
  const it = await listening(filesServer("1.0.0"), { store });
  const write = (userId: string) =>
    callTool(it, "write-file", { path: "a.txt", content: userId }, { kind: "consumer", userId });
  for (const id of ["ann", "anna"]) expect((await write(id)).json.result?.isError).not.toBe(true);
  expect((await store.read("acme/customers/ann/a.txt", 10, signal))?.toString()).toBe("ann");
  expect((await store.read("acme/customers/anna/a.txt", 10, signal))?.toString()).toBe("anna");
  await it.host.stop();
});
