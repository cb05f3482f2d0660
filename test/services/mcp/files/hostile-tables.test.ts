import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesHost, type FilesHost } from "./files-fixture.ts";
import { MemoryStore } from "./memory-store.ts";

const CELLS = "the table would have 784000000 cells as CSV (28000 rows of 28000 columns), more than 1000000";
const BYTES = (format: string) => `the table would have more than 20971520 bytes as ${format}`;

const sparse = (row: (index: number) => string, length = 28_000) => Array.from({ length }, (_, index) => row(index));
const sparseJson = `[${sparse((index) => `{"${index}":0}`).join(",")}]`;
const sparseXml = `<rows>${sparse((index) => `<r><a${index}>0</a${index}></r>`).join("")}</rows>`;
/** A name of half a megabyte, which JSON and XML repeat in each row. */
const longName = `${"n".repeat(500_000)}\n${"1\n".repeat(90_000)}`;

describe("a table of less than a megabyte that would become a large one", () => {
  const store = new MemoryStore();
  let host: FilesHost;
  let neighbour: FilesHost;
  beforeAll(async () => {
    [host, neighbour] = await Promise.all([filesHost(store), filesHost(store, { tenantId: "other" })]);
    const keep = (name: string, text: string | Buffer) =>
      store.write(`acme/${name}`, Buffer.from(text), { ifAbsent: true });
    await Promise.all([
      keep("sparse.json", sparseJson),
      keep("sparse.xml", sparseXml),
      keep("smaller.json", `[${sparse((index) => `{"${index}":0}`, 10_000).join(",")}]`),
      keep("long-name.csv", longName),
      keep("long-name.csv.gz", gzipSync(longName)),
      keep("rows.json", `[${"{},".repeat(300_000)}{}]`),
      keep("rows.xml", `<rows>${"<r/>".repeat(200_000)}</rows>`),
      keep("cells.json", `[${'{"a":1},'.repeat(100_000)}{"a":1}]`),
      keep("cells.csv", `a,b\n${"1,2\n".repeat(50_001)}`),
      keep("cells.xml", `<r>${"<s><a>1</a></s>".repeat(60_000)}</r>`),
    ]);
  });
  afterAll(() => Promise.all([host.stop(), neighbour.stop()]));

  test.each([
    ["sparse.json", "x.csv", CELLS],
    ["sparse.xml", "x.csv", CELLS],
    ["long-name.csv", "x.json", BYTES("JSON")],
    ["long-name.csv", "x.xml", BYTES("XML")],
    ["long-name.csv.gz", "x.json", BYTES("JSON")],
    ["rows.json", "x.csv", "it has 300001 rows, more than 100000"],
    ["rows.xml", "x.json", "it has 200000 rows, more than 100000"],
    ["cells.json", "x.xml", "it has 100001 rows, more than 100000"],
    ["cells.csv", "x.json", "it has 100002 cells, more than 100000"],
  ])("is refused at once from %s to %s, with the limit, while others are served", async (from, to, limit) => {
    const began = performance.now();
    const { error, text, longestWait } = await beside(neighbour, () => convert(host, from, to));
    expect({ error, text }).toEqual({ error: "ERR_TABLE_TOO_LARGE", text: expect.stringContaining(limit) as string });
    expect(longestWait).toBeLessThan(1_000);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(await host.call("read-file", { path: to })).toEqual({ error: "ERR_FILE_NOT_FOUND" });
  });

  test("is converted where it stays within the limits, while others are served", async () => {
    for (const [from, to] of [
      ["smaller.json", "sparse-1.xml"],
      ["sparse-1.xml", "sparse-2.json"],
      ["cells.xml", "cells-1.csv"],
    ] as const) {
      const { error, longestWait } = await beside(neighbour, () => convert(host, from, to));
      expect(error).toBeUndefined();
      expect(longestWait).toBeLessThan(1_000);
    }
    expect(JSON.parse(String(await store.read("acme/sparse-2.json", 10_000_000)))).toEqual(
      sparse(String, 10_000).map((name) => ({ [name]: "0" })),
    );
  });

  test("leaves no memory behind", async () => {
    for (let round = 0; round < 3; round++) await convert(host, "sparse.json", "x.csv");
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 10; round++) {
      await convert(host, "sparse.json", "x.csv");
      await convert(host, "long-name.csv", "x.xml");
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
  });
});

async function convert(host: FilesHost, from: string, to: string): Promise<{ error?: string; text: string }> {
  const { result } = await host.ask("tools/call", { name: "convert-file", arguments: { from, to } });
  const meta = result?._meta as { readonly [key: string]: string } | undefined;
  const error = meta?.["alicerce/error"];
  return { ...(error !== undefined && { error }), text: String(result?.content[0]?.text) };
}

/** Does some work, and tells how long a call of another tenant took at most meanwhile, in milliseconds. */
async function beside<T extends object>(
  neighbour: FilesHost,
  work: () => Promise<T>,
): Promise<T & { readonly longestWait: number }> {
  const state = { isDone: false };
  const done = work().finally(() => (state.isDone = true));
  let longestWait = 0;
  do {
    const began = performance.now();
    await neighbour.call("list-files");
    longestWait = Math.max(longestWait, performance.now() - began);
  } while (!state.isDone);
  return { ...(await done), longestWait };
}
