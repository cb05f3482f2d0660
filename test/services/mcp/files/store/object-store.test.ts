import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ObjectStore } from "../../../../../services/mcp/files/store/object-store.ts";
import { signal, testStorage, type TestStorage } from "../files-fixture.ts";
import { MemoryStore } from "../memory-store.ts";

let it: TestStorage;
beforeAll(async () => {
  it = await testStorage();
});
afterAll(() => it.stop());

const stores: [string, () => ObjectStore][] = [
  ["in memory", () => new MemoryStore()],
  ["in S3", () => it.newStore()],
];

describe.each(stores)("an object store %s", (_, newStore) => {
  let store: ObjectStore;
  beforeEach(() => {
    store = newStore();
  });

  const put = (key: string, body = key, ifAbsent = false) => store.write(key, Buffer.from(body), { ifAbsent }, signal);
  const keys = async (options: Parameters<ObjectStore["list"]>[0]) => {
    const { objects, next } = await store.list(options, signal);
    return { keys: objects.map(({ key }) => key), next };
  };

  test("gives back what was written, and knows nothing of what was not", async () => {
    expect(await store.read("acme/a.txt", 100, signal)).toBeUndefined();
    expect(await store.find("acme/a.txt", signal)).toBeUndefined();
    for (const body of ["one", ""]) {
      expect(await put("acme/a.txt", body)).toBe(true);
      expect((await store.read("acme/a.txt", 100, signal))?.toString()).toBe(body);
      expect(await store.find("acme/a.txt", signal)).toMatchObject({ key: "acme/a.txt", size: body.length });
    }
  });

  test("keeps names apart that only look alike", async () => {
    const alike = ["acme/a b.txt", "acme/a+b.txt", "acme/a%20b.txt", "acme/A b.txt", "acme/é.txt", "acme/e\u0301.txt"];
    const strange = [
      "acme/(1)!*'.txt",
      "acme/a&b=<c>.txt",
      "acme/日本.txt",
      "acme/a\tb\u0001.txt",
      "acme//a.txt",
      "acme/a",
    ];
    for (const key of [...alike, ...strange]) await put(key);
    for (const key of [...alike, ...strange]) expect((await store.read(key, 100, signal))?.toString()).toBe(key);
    expect((await keys({ prefix: "acme/", limit: 100 })).keys.toSorted()).toEqual([...alike, ...strange].toSorted());
  });

  test("lists by prefix, in the order of bytes, page by page", async () => {
    const names = ["acme/a", "acme/a/b", "acme/B", "acme/z", "acme/é", "acme/\u{10000}", "acme/\uffee"];
    for (const key of [...names, "acm/a", "acmee/a", "other/a"]) await put(key);
    const sorted = ["acme/B", "acme/a", "acme/a/b", "acme/z", "acme/é", "acme/\uffee", "acme/\u{10000}"];
    expect(await keys({ prefix: "acme/", limit: 7 })).toEqual({ keys: sorted, next: undefined });
    expect(await keys({ prefix: "acme/", limit: 3 })).toEqual({ keys: sorted.slice(0, 3), next: "acme/a/b" });
    expect((await keys({ prefix: "acme/", after: "acme/a/b", limit: 9 })).keys).toEqual(sorted.slice(3));
    expect(await keys({ prefix: "acme/", after: "other/", limit: 9 })).toEqual({ keys: [], next: undefined });
  });

  test("writes once where many want to be the first", async () => {
    const written = await Promise.all(
      Array.from({ length: 20 }, (_, index) => put("acme/raced.txt", `${index}`, true)),
    );
    expect(written.filter((it) => it)).toHaveLength(1);
    const winner = written.indexOf(true);
    expect((await store.read("acme/raced.txt", 100, signal))?.toString()).toBe(`${winner}`);
  });

  test("reads no more than the limit", async () => {
    await put("acme/a.txt", "x".repeat(100));
    expect(await store.read("acme/a.txt", 100, signal)).toHaveLength(100);
    await expect(store.read("acme/a.txt", 99, signal)).rejects.toMatchObject({ code: "ERR_FILE_TOO_LARGE" });
  });
});

test("S3 and memory cannot be told apart, whatever is done", async () => {
  const key = fc.constantFrom("a/1", "a/2", "a/ü +%", "b/1", "a");
  const step = fc.oneof(
    fc.record({ do: fc.constant("write" as const), key, body: fc.string(), ifAbsent: fc.boolean() }),
    fc.record({ do: fc.constant("read" as const), key, limit: fc.nat(12) }),
    fc.record({
      do: fc.constant("list" as const),
      prefix: fc.constantFrom("", "a", "a/"),
      after: fc.option(key),
      limit: fc.integer({ min: 1, max: 3 }),
    }),
  );
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
  const run = (store: ObjectStore, it: Step): Promise<unknown> => {
    if (it.do === "write") return store.write(it.key, Buffer.from(it.body), it, signal);
    if (it.do === "read")
      return store.read(it.key, it.limit, signal).then(
        (body) => body?.toString() ?? "nothing",
        (error: unknown) => (error as { code: string }).code,
      );
    return store
      .list({ ...it, after: it.after ?? undefined }, signal)
      .then(({ objects, next }) => [objects.map(({ key, size }) => [key, size]), next]);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const [model, real] = [new MemoryStore(), it.newStore()];
      for (const each of steps) expect(await run(real, each)).toEqual(await run(model, each));
    }),
    { numRuns: 60 },
  );
});
