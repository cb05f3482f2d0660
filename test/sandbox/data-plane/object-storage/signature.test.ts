import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  startObjectStorage,
  type ObjectStorage,
} from "../../../../sandbox/data-plane/object-storage/object-storage.ts";
import {
  BUCKET as Bucket,
  clientOf,
  codeOf,
  send,
  signedUpload,
  storageUnderTest,
  type WireRequest,
} from "./storage-under-test.ts";

let it: Awaited<ReturnType<typeof storageUnderTest>>;
beforeEach(async () => {
  it = await storageUnderTest();
});
afterEach(() => it.stop());

const crc = (text: string): string => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(text));
  return sum.toString("base64");
};

const sendTo = (request: WireRequest) => send(it.storage.endpoint, request);

describe("a request is refused", () => {
  test("without a signature, or with another's", async () => {
    await it.put("a", "a");
    const get = new GetObjectCommand({ Bucket, Key: "a" });
    const codeFor = (changes: Partial<ObjectStorage>) => codeOf(clientOf({ ...it.storage, ...changes }).send(get));
    expect(await codeFor({})).toBe("no error");
    expect(await codeFor({ secretAccessKey: "guess" })).toBe("SignatureDoesNotMatch");
    expect(await codeFor({ accessKeyId: "OTHER" })).toBe("InvalidAccessKeyId");
    expect(await codeFor({ region: "eu-west-1" })).toBe("AuthorizationHeaderMalformed");
    expect((await sendTo({ method: "GET", path: `/${Bucket}/a` })).status).toBe(403);
    const ofOther = new GetObjectCommand({ Bucket, Key: "a", ExpectedBucketOwner: "1".repeat(12) });
    expect(await codeOf(it.client.send(ofOther))).toBe("AccessDenied");
    const other = await startObjectStorage({ folder: mkdtempSync(join(it.folder, "other-")) });
    expect(other.secretAccessKey).not.toBe(it.storage.secretAccessKey);
    await other.stop();
  });

  test("if anything in it is not what was signed", async () => {
    const upload = { ...(await signedUpload(it.storage, "a", "hello")), body: "hello" };
    const { path, headers } = upload;
    const { "x-amz-date": date = "", authorization = "", ...rest } = headers;
    const withHeaders = (more: WireRequest["headers"]) => ({ ...upload, headers: { ...headers, ...more } });
    const attempts: Readonly<Record<string, WireRequest>> = {
      method: { ...upload, method: "GET" },
      key: { ...upload, path: path.replace("/a?", "/b?") },
      bucket: { ...upload, path: path.replace(Bucket, "other-bucket") },
      "no query": { ...upload, path: path.replace(/\?.*/, "") },
      "more query": { ...upload, path: `${path}&x-amz-acl=public-read` },
      "query twice": { ...upload, path: `${path}&x-id=PutObject` },
      body: { ...upload, body: "hullo" },
      "longer body": { ...withHeaders({ "content-length": "6" }), body: "hello!" },
      "signed header": withHeaders({ "x-amz-checksum-crc32": "AAAAAA==" }),
      "further header": withHeaders({ "x-amz-acl": "public-read" }),
      date: withHeaders({ "x-amz-date": date.replace(/\d{4}Z$/, "0000Z") }),
      "no date": { ...upload, headers: { ...rest, authorization } },
      "fewer signed headers": withHeaders({ authorization: authorization.replace("content-length;", "") }),
      "more signed headers": withHeaders({ authorization: authorization.replace("host;", "host;range;") }),
      "second signature": { ...upload, path: `${path}&X-Amz-Signature=${"0".repeat(64)}` },
      malformed: withHeaders({ authorization: "AWS4-HMAC-SHA256 Credential=" }),
    };
    for (const [what, request] of Object.entries(attempts)) {
      const { status } = await sendTo(request);
      expect({ what, status }).toEqual({ what, status: expect.toBeOneOf([400, 403]) as number });
    }
    expect((await sendTo(attempts["body"]!)).text).toContain("XAmzContentSHA256Mismatch");
    expect(await codeOf(it.read("a"))).toBe("NoSuchKey");
    expect(await sendTo(upload)).toMatchObject({ status: 200 });
    expect(await it.read("a")).toBe("hello");
  });

  test("if it is too old or from the future", async () => {
    const upload = { ...(await signedUpload(it.storage, "a", "hello")), body: "hello" };
    for (const minutes of [-16, 16]) {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
      const { status, text } = await sendTo(upload);
      vi.useRealTimers();
      expect({ status, text }).toEqual({
        status: 403,
        text: expect.stringContaining("RequestTimeTooSkewed") as string,
      });
    }
  });

  test("if a checksum is wrong, or a chunk incomplete", async () => {
    expect(await codeOf(it.put("a", "hello", { ChecksumCRC32: crc("other") }))).toBe("BadDigest");
    expect(await codeOf(it.put("a", "hello", { ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }))).toBe("BadDigest");
    const unknown = { ChecksumAlgorithm: "CRC64NVME", ChecksumCRC64NVME: "AAAAAAAAAAA=" } as const;
    expect(await codeOf(it.put("a", "hello", unknown))).toBe("NotImplemented");
    const upload = await signedUpload(it.storage, "a", Readable.from(["hello"]));
    const endOf = (content: string) => `0\r\nx-amz-checksum-crc32:${crc(content)}\r\n\r\n`;
    const end = endOf("hello");
    const broken = [
      "",
      "5\r\nhel",
      "5\r\nhello",
      "5\r\nhelloXX",
      "-5\r\nhello\r\n",
      `4\r\nhell\r\n${endOf("hell")}`,
      `5\r\nhullo\r\n${end}`,
    ];
    for (const body of broken) {
      const { status, text } = await sendTo({ ...upload, body });
      const refused = expect.stringMatching(/IncompleteBody|BadDigest/) as string;
      expect({ body, status, text }).toEqual({ body, status: 400, text: refused });
    }
    expect(await sendTo({ ...upload, body: `5\r\nhello\r\n${end}` })).toMatchObject({ status: 200 });
    expect(await it.read("a")).toBe("hello");
  });

  test("if it asks for what this storage has not", async () => {
    const url = await getSignedUrl(it.client, new GetObjectCommand({ Bucket, Key: "a", VersionId: "1" }));
    expect((await fetch(url)).status).toBe(501);
  });
});

test("a link lives no longer than a week, and not before its time", async () => {
  await it.put("a", "a");
  const get = new GetObjectCommand({ Bucket, Key: "a" });
  const link = (signingDate: Date, expiresIn = 300) => getSignedUrl(it.client, get, { signingDate, expiresIn });
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  expect((await fetch(await link(new Date()))).status).toBe(200);
  expect((await fetch(await link(minutes(-6)))).status).toBe(403);
  expect((await fetch(await link(minutes(20)))).status).toBe(403);
  const week = await link(new Date(), 7 * 24 * 60 * 60);
  expect((await fetch(week)).status).toBe(200);
  expect((await fetch(week.replace("X-Amz-Expires=604800", "X-Amz-Expires=604801"))).status).toBe(400);
});
