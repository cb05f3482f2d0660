import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { DeleteObjectCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startObjectStorage } from "../../../../sandbox/data-plane/object-storage/object-storage.ts";
import { BUCKET as Bucket, clientOf, codeOf, contentOf, send, storageUnderTest } from "./storage-under-test.ts";

let it: Awaited<ReturnType<typeof storageUnderTest>>;
beforeEach(async () => {
  it = await storageUnderTest();
});
afterEach(() => it.stop());

describe("objects", () => {
  test("come back as they went, whole and in part, with what was said about them", async () => {
    await it.put("a b/ü+%.txt", "hello world", {
      ContentType: "text/plain",
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: "k",
    });
    const head = await it.client.send(new HeadObjectCommand({ Bucket, Key: "a b/ü+%.txt" }));
    expect(head).toMatchObject({
      ContentLength: 11,
      ContentType: "text/plain",
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: "k",
      ETag: '"5eb63bbbe01eeed093cb22bb8f5acdc3"',
    });
    expect(await it.read("a b/ü+%.txt")).toBe("hello world");
    expect(await it.read("a b/ü+%.txt", { Range: "bytes=0-4" })).toBe("hello");
    expect(await it.read("a b/ü+%.txt", { Range: "bytes=6-100" })).toBe("world");
    expect(await it.read("a b/ü+%.txt", { Range: "bytes=-3" })).toBe("rld");
    expect(await codeOf(it.read("a b/ü+%.txt", { Range: "bytes=11-" }))).toBe("InvalidRange");
    await it.client.send(new DeleteObjectCommand({ Bucket, Key: "a b/ü+%.txt" }));
    expect(await codeOf(it.read("a b/ü+%.txt"))).toBe("NoSuchKey");
  });

  test("are uploaded as a stream, with a checksum behind it", async () => {
    const chunks = ["a".repeat(70_000), "b".repeat(10)].map((it) => Buffer.from(it));
    await it.put("stream", Readable.from(chunks), { ContentLength: 70_010 });
    expect(await it.read("stream")).toBe(Buffer.concat(chunks).toString());
    await it.put("empty", "");
    expect(await it.read("empty")).toBe("");
  });

  test("outlive the process, and are not where their keys say", async () => {
    const outside = join(dirname(it.folder), "escaped.object");
    for (const key of [
      "..%2fescaped.object",
      "%2e%2e/escaped.object",
      "../escaped.object",
      "a/../../escaped.object",
      "./a",
    ]) {
      expect(await send(it.storage.endpoint, { method: "PUT", path: `/${Bucket}/${key}` })).toMatchObject({
        status: 400,
      });
      expect(await send(it.storage.endpoint, { method: "GET", path: `/${Bucket}/${key}` })).toMatchObject({
        status: 400,
      });
    }
    for (const path of [
      "/..",
      "/../etc/passwd",
      "/%2e%2e/a",
      "//etc/passwd",
      "/a%00b/c",
      "/Bucket/a",
      "*",
      "/some-bucket/%zz",
    ]) {
      expect(await send(it.storage.endpoint, { method: "GET", path: path })).toMatchObject({ status: 400 });
    }
    expect(() => readFileSync(outside)).toThrow();
    await it.put("/etc/passwd", "of no system");
    await it.put("a\\..\\b", "x");
    expect(readdirSync(it.folder).every((it) => /^[0-9a-f]{64}\.object$/.test(it))).toBe(true);
    writeFileSync(join(it.folder, "something-else.txt"), "not an object");
    const next = await startObjectStorage({ folder: it.folder });
    const client = clientOf(next);
    expect(await contentOf(client, "/etc/passwd")).toBe("of no system");
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(2);
    client.destroy();
    await next.stop();
  });

  test("are written once under a condition", async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, index) => codeOf(it.put("once", `${index}`, { IfNoneMatch: "*" }))),
    );
    expect(all.filter((code) => code === "no error")).toHaveLength(1);
    expect(all.filter((code) => code === "PreconditionFailed")).toHaveLength(9);
  });

  test("are listed by prefix, from a key or a token on", async () => {
    for (const key of ["a/1", "a/2", "a/3", "b/1", "a/<&>"]) await it.put(key, key);
    const list = async (more: object) => {
      const { Contents = [], NextContinuationToken } = await it.client.send(
        new ListObjectsV2Command({ Bucket, ...more }),
      );
      return { keys: Contents.map(({ Key }) => Key), token: NextContinuationToken };
    };
    const first = await list({ Prefix: "a/", MaxKeys: 2 });
    expect(first.keys).toEqual(["a/1", "a/2"]);
    expect(await list({ Prefix: "a/", ContinuationToken: first.token })).toEqual({
      keys: ["a/3", "a/<&>"],
      token: undefined,
    });
    expect((await list({ StartAfter: "a/3" })).keys).toEqual(["a/<&>", "b/1"]);
    expect((await list({ EncodingType: "url", Prefix: "a/<" })).keys).toEqual(["a/%3C%26%3E"]);
    expect((await it.client.send(new ListObjectsV2Command({ Bucket: "other-bucket" }))).KeyCount).toBe(0);
    expect(await codeOf(list({ Delimiter: "/" }))).toBe("NotImplemented");
  });
});
