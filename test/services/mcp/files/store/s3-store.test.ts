import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { S3Store } from "../../../../../services/mcp/files/store/s3-store.ts";
import { ObjectFolder } from "../../../../../sandbox/data-plane/object-storage/object-folder.ts";
import { startObjectStorage } from "../../../../../sandbox/data-plane/object-storage/object-storage.ts";
import { faultyStorage, type FaultyStorage } from "../faulty-storage.ts";
import { clientOf, filesHost, KEY_ARN, signal, testStorage, type TestStorage } from "../files-fixture.ts";

let it: TestStorage;
beforeAll(async () => {
  it = await testStorage();
});
afterAll(() => it.stop());

const body = Buffer.from("hello");

describe("objects in S3", () => {
  test("are encrypted with the tenant's key, below the prefix", async () => {
    const store = new S3Store(it.client, it.location);
    await store.write("acme/a.txt", body, { ifAbsent: true }, signal);
    const head = await it.client.send(new HeadObjectCommand({ Bucket: it.location.bucket, Key: "files/acme/a.txt" }));
    expect(head).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: KEY_ARN });
    await it.client.send(new PutObjectCommand({ Bucket: it.location.bucket, Key: "acme/b.txt", Body: body }));
    expect((await store.list({ prefix: "acme/", limit: 10 }, signal)).objects).toMatchObject([{ key: "acme/a.txt" }]);
    expect(await store.find("acme/b.txt", signal)).toBeUndefined();
  });

  test("are neither read nor written in a bucket of another account", async () => {
    const mine = it.newStore();
    const other = new S3Store(it.client, { ...it.location, owner: "999999999999" });
    await mine.write("acme/a.txt", body, { ifAbsent: true }, signal);
    const denied = expect.objectContaining({
      $metadata: expect.objectContaining({ httpStatusCode: 403 }) as object,
    }) as object;
    await expect(other.read("acme/a.txt", 10, signal)).rejects.toEqual(denied);
    await expect(other.find("acme/a.txt", signal)).rejects.toEqual(denied);
    await expect(other.list({ prefix: "acme/", limit: 1 }, signal)).rejects.toEqual(denied);
    await expect(other.write("acme/a.txt", body, { ifAbsent: false }, signal)).rejects.toEqual(denied);
    const link = { fileName: "a.txt", mediaType: "text/plain", lifetimeSeconds: 60 };
    expect((await fetch((await other.downloadLink("acme/a.txt", link)).url)).status).toBe(403);
    expect((await fetch((await mine.downloadLink("acme/a.txt", link)).url)).status).toBe(200);
  });

  test("are listed to the last of thousands, and found again by the next process", async () => {
    const folder = mkdtempSync(join(tmpdir(), "alicerce-many-"));
    const objects = new ObjectFolder(folder);
    const names = Array.from({ length: 1_203 }, (_, index) => `acme/${String(index).padStart(4, "0")}.txt`);
    for (const key of [...names, "acme/folder/", "acme/9\u0001.txt", "acme/.9.txt", "acme/%2e.txt"]) {
      objects.write(
        { bucket: "many", key, size: 0, etag: '"0"', modified: new Date().toISOString(), headers: {} },
        Buffer.of(),
      );
    }
    const storage = await startObjectStorage({ folder });
    const client = clientOf(storage);
    const store = new S3Store(client, { ...it.location, bucket: "many", prefix: "" });
    const first = await store.list({ prefix: "acme/", limit: 5_000 }, signal);
    expect([first.objects.length, first.next]).toEqual([1_000, "acme/0997.txt"]);
    const host = await filesHost(store);
    const listed: string[] = [];
    for (let next: string | undefined = ""; next !== undefined;) {
      const page: { files?: { path: string }[]; next?: string } =
        (await host.call("list-files", { limit: 400, ...(next !== "" && { after: next }) })) ?? {};
      listed.push(...page.files!.map(({ path }) => path));
      next = page.next;
    }
    expect(listed).toEqual(names.map((name) => name.slice("acme/".length)));
    await host.stop();
    client.destroy();
    await storage.stop();
    rmSync(folder, { recursive: true });
  });
});

describe("when S3 has its bad moments", () => {
  let faulty: FaultyStorage;
  let store: S3Store;
  beforeAll(async () => {
    faulty = await faultyStorage(it.storage);
    // A connection that is not given back is missed at once.
    const client = clientOf(faulty, { maxAttempts: 2, requestHandler: { httpAgent: { maxSockets: 1 } } });
    store = new S3Store(client, { ...it.location, bucket: "faulty" });
    await store.write("acme/a.txt", body, { ifAbsent: true }, signal);
  });
  afterAll(() => faulty.stop());

  const slowDown = { status: 503, code: "SlowDown" };
  const conflict = { status: 409, code: "ConditionalRequestConflict" };

  test("a throttled call is tried again, and not for ever", async () => {
    faulty.faults.push(slowDown);
    expect(await store.read("acme/a.txt", 10, signal)).toEqual(body);
    faulty.faults.push(slowDown, slowDown);
    await expect(store.read("acme/a.txt", 10, signal)).rejects.toMatchObject({ name: "SlowDown" });
    expect(faulty.faults).toEqual([]);
  });

  test("a conditional write that met another one is tried again, and not for ever", async () => {
    faulty.faults.push(conflict);
    expect(await store.write("acme/new.txt", body, { ifAbsent: true }, signal)).toBe(true);
    faulty.faults.push(conflict, conflict, conflict);
    expect(await store.write("acme/newer.txt", body, { ifAbsent: true }, signal)).toBe(false);
    expect(await store.find("acme/newer.txt", signal)).toBeUndefined();
  });

  test("a refusal where nothing is means that nothing is there, and is an error where something is", async () => {
    const denied = { status: 403, code: "AccessDenied" };
    await store.write("acme/none.txt.more", body, { ifAbsent: true }, signal);
    faulty.faults.push(denied);
    expect(await store.read("acme/none.txt", 10, signal)).toBeUndefined();
    faulty.faults.push(denied);
    expect(await store.find("acme/none.txt", signal)).toBeUndefined();
    faulty.faults.push(denied);
    await expect(store.read("acme/a.txt", 10, signal)).rejects.toMatchObject({ name: "AccessDenied" });
    faulty.faults.push(denied, denied);
    await expect(store.read("acme/none.txt", 10, signal)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("a bucket that is not there is an error, and no empty one", async () => {
    faulty.faults.push({ status: 404, code: "NoSuchBucket" });
    await expect(store.read("acme/a.txt", 10, signal)).rejects.toMatchObject({ name: "NoSuchBucket" });
  });

  test("a body that breaks off is an error, and no shorter file", async () => {
    faulty.faults.push("breaks off");
    await expect(store.read("acme/a.txt", 10, signal)).rejects.toThrow();
  });

  test("a caller who leaves is not waited for", async () => {
    faulty.faults.push("hangs");
    await expect(store.read("acme/a.txt", 10, AbortSignal.timeout(50))).rejects.toMatchObject({ name: "AbortError" });
  });

  test("an object that is too large is refused by its length, without being read", async () => {
    const large = Buffer.alloc(16 * 1024 * 1024, "x");
    await it.client.send(new PutObjectCommand({ Bucket: "faulty", Key: "files/acme/large.txt", Body: large }));
    faulty.seen.bytes = 0;
    await expect(store.read("acme/large.txt", 1_000, signal)).rejects.toMatchObject({ code: "ERR_FILE_TOO_LARGE" });
    expect(faulty.seen.bytes).toBeLessThan(8 * 1024 * 1024);
    expect(await store.read("acme/a.txt", 10, signal)).toEqual(body);
  });
});
