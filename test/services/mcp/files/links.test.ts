import { hash } from "node:crypto";
import { request } from "node:http";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { S3Store } from "../../../../services/mcp/files/store/s3-store.ts";
import { filesHost, KEY_ARN, signal, testStorage, type FilesHost, type TestStorage } from "./files-fixture.ts";

interface Shared {
  readonly url: string;
  readonly expires: string;
}

interface Upload extends Shared {
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
}

let it: TestStorage;
let store: S3Store;
let host: FilesHost;
beforeAll(async () => {
  it = await testStorage();
});
beforeEach(async () => {
  store = it.newStore();
  host = await filesHost(store);
});
afterEach(() => host.stop());
afterAll(() => it.stop());

const put = (key: string, body: string) => store.write(key, Buffer.from(body), { ifAbsent: true }, signal);

/** What the storage answers after some minutes. */
async function later(minutes: number, fetched: () => Promise<{ readonly status: number }>): Promise<number> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
  try {
    return (await fetched()).status;
  } finally {
    vi.useRealTimers();
  }
}

describe("a link to a file", () => {
  test("downloads that file, as an attachment of its type", async () => {
    await put("acme/reports/Relatório (1).csv", "a,b\n");
    const { url, expires, ...facts } = (await host.call("share-file", { path: "reports/Relatório (1).csv" })) as Shared;
    expect(facts).toEqual({ path: "reports/Relatório (1).csv", size: 4 });
    const answer = await fetch(url);
    expect(await answer.text()).toBe("a,b\n");
    expect(answer.headers.get("content-type")).toBe("text/csv");
    expect(answer.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''Relat%C3%B3rio%20%281%29.csv");
    expect(Date.parse(expires) - Date.now()).toBeGreaterThan(4.9 * 60_000);
    expect(url).not.toContain(it.storage.secretAccessKey);
  });

  test("is good until it expires, and no longer than a quarter of an hour", async () => {
    await put("acme/a.txt", "a");
    const { url } = (await host.call("share-file", { path: "a.txt" })) as Shared;
    expect(await later(4.9, () => fetch(url))).toBe(200);
    expect(await later(5.1, () => fetch(url))).toBe(403);
    const long = (await host.call("share-file", { path: "a.txt", minutes: 15 })) as Shared;
    expect(await later(14.9, () => fetch(long.url))).toBe(200);
    for (const minutes of [0, 16, 1.5, -5]) {
      expect(await host.call("share-file", { path: "a.txt", minutes })).toHaveProperty("error");
    }
  });

  test("leads to nothing else", async () => {
    for (const key of ["acme/a.txt", "acme/b.txt", "other/a.txt"]) await put(key, key);
    const { url } = (await host.call("share-file", { path: "a.txt" })) as Shared;
    const changes: [string, string][] = [
      ["/acme/a.txt", "/acme/b.txt"],
      ["/acme/a.txt", "/other/a.txt"],
      ["/acme/a.txt", "/acme/%61.txt"],
      ["/acme/a.txt", ""],
      ["X-Amz-Expires=300", "X-Amz-Expires=3000"],
      [/X-Amz-Date=\d+T\d+Z/.exec(url)![0], "X-Amz-Date=20990101T000000Z"],
      ["attachment", "inline"],
      ["text%2Fplain", "text%2Fhtml"],
      [it.storage.accountId, "999999999999"],
      ["x-id=GetObject", "x-id=GetObject&versionId=1"],
      ["X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=host%3Brange"],
    ];
    for (const [from, to] of changes) {
      const changed = url.replace(from, to);
      expect(changed).not.toBe(url);
      expect({ to, status: (await fetch(changed)).status }).toEqual({
        to,
        status: expect.toBeOneOf([400, 403]) as number,
      });
    }
    for (const method of ["PUT", "DELETE", "HEAD"]) expect((await fetch(url, { method })).status).toBe(403);
    expect((await fetch(url)).status).toBe(200);
  });

  test("is made for what is there, of the caller's own, alone", async () => {
    await put("other/a.txt", "a");
    expect(await host.call("share-file", { path: "a.txt" })).toEqual({ error: "ERR_FILE_NOT_FOUND" });
    expect(await host.call("share-file", { path: "../other/a.txt" })).toEqual({ error: "ERR_PATH_INVALID" });
    expect(await host.call("share-file", { path: "a.exe" })).toEqual({ error: "ERR_FILE_TYPE" });
  });
});

describe("a link for an upload", () => {
  const content = "name,age\nAda,36\n";
  const announced = { path: "new.csv", size: content.length, sha256: hash("sha256", content) };
  const prepare = async (more: object = {}) => (await host.call("prepare-upload", { ...announced, ...more })) as Upload;

  /** Sends headers as they are, which `fetch` does not. */
  const send = ({ url, method }: Upload, headers: Upload["headers"], body = content) =>
    new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
      const sent = request(url, { method, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => void chunks.push(chunk));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      });
      sent.on("error", reject).end(body);
    });
  const read = async () => (await store.read("acme/new.csv", 100, signal))?.toString();

  test("takes exactly the file that was announced, once, under the tenant's key", async () => {
    const upload = await prepare();
    expect(await send(upload, upload.headers)).toMatchObject({ status: 200 });
    expect(await host.call("read-file", { path: "new.csv" })).toMatchObject({ content });
    const Bucket = new URL(upload.url).pathname.split("/")[1];
    const head = await it.client.send(new HeadObjectCommand({ Bucket, Key: "files/acme/new.csv" }));
    expect(head).toMatchObject({ ContentType: "text/csv", ServerSideEncryption: "aws:kms", SSEKMSKeyId: KEY_ARN });
    expect(await send(upload, upload.headers)).toMatchObject({ status: 412 });
  });

  test("replaces a file only if asked to", async () => {
    await put("acme/new.csv", "old");
    const careful = await prepare();
    expect(await send(careful, careful.headers)).toMatchObject({ status: 412 });
    expect(await read()).toBe("old");
    const bold = await prepare({ overwrite: true });
    expect(await send(bold, bold.headers)).toMatchObject({ status: 200 });
    expect(await read()).toBe(content);
  });

  test("takes nothing else", async () => {
    const upload = await prepare();
    const other = content.replace("36", "37");
    expect((await send(upload, upload.headers, other)).text).toContain("<Code>BadDigest</Code>");
    const sums = { "x-amz-checksum-sha256": Buffer.from(hash("sha256", other), "hex").toString("base64") };
    const longer = { "content-length": String(content.length + 1) };
    const changes = [
      { ...upload.headers, ...sums },
      { ...upload.headers, ...longer },
      { ...upload.headers, "content-type": "text/html" },
      { ...upload.headers, "x-amz-acl": "public-read" },
      { ...upload.headers, "x-amz-server-side-encryption": "AES256" },
      { ...upload.headers, "x-amz-server-side-encryption-aws-kms-key-id": KEY_ARN.replace("1111", "9999") },
      ...Object.keys(upload.headers)
        .map((name) =>
          Object.fromEntries(Object.entries(upload.headers).filter(([it]) => it !== name || it === "content-length")),
        )
        .filter((it) => Object.keys(it).length < Object.keys(upload.headers).length),
    ];
    for (const headers of changes) {
      const body =
        "content-length" in headers && headers["content-length"] === longer["content-length"] ? `${content} ` : other;
      expect((await send(upload, headers, body)).status).toBe(403);
    }
    expect(changes).toHaveLength(12);
    for (const [from, to] of [
      ["new.csv", "old.csv"],
      ["/acme/", "/other/"],
    ] as const) {
      expect((await send({ ...upload, url: upload.url.replace(from, to) }, upload.headers)).status).toBe(403);
    }
    expect(await later(5.1, () => send(upload, upload.headers))).toBe(403);
    expect(await read()).toBeUndefined();
    expect(await send(upload, upload.headers)).toMatchObject({ status: 200 });
  });

  test("is made for types and sizes that are kept, by whoever may write", async () => {
    for (const path of ["new.exe", "new.svg", "new.zip", "new.png.gz"]) {
      expect(await prepare({ path })).toEqual({ error: "ERR_FILE_TYPE" });
    }
    expect(await prepare({ path: "../other/new.csv" })).toEqual({ error: "ERR_PATH_INVALID" });
    for (const size of [0, -1, 100 * 1024 * 1024 + 1]) expect(await prepare({ size })).toHaveProperty("error");
    expect(await prepare({ sha256: "abc" })).toHaveProperty("error");
    const reader = await filesHost(store, { scopes: ["mcp:read"] });
    expect(await reader.call("prepare-upload", announced)).toEqual({ status: 403 });
    await reader.stop();
  });
});
