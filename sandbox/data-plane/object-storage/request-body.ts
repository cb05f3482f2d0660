import { createHash, hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { crc32 } from "node:zlib";
import { notImplemented, StorageError } from "./storage-error.ts";
import type { StorageRequest } from "./storage-request.ts";

/** A body whose checksums were compared, and those that are kept with the object. */
export interface Body {
  readonly bytes: Buffer;
  readonly checksums: { readonly [header: string]: string };
}

const LARGEST_BODY_BYTES = 128 * 1024 * 1024;
const CHUNKED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

const CHECKSUMS: { readonly [header: string]: (bytes: Buffer) => string } = {
  "x-amz-checksum-crc32": (bytes) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(bytes));
    return sum.toString("base64");
  },
  "x-amz-checksum-sha1": (bytes) => hash("sha1", bytes, "base64"),
  "x-amz-checksum-sha256": (bytes) => hash("sha256", bytes, "base64"),
};

/** Reads what is uploaded, plain or `aws-chunked`, and compares it with each checksum that comes with it. */
export async function readBody(incoming: IncomingMessage, { headers }: StorageRequest): Promise<Body> {
  const declared = headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD";
  const received = await bytesOf(incoming);
  if (/^[0-9a-f]{64}$/.test(declared)) {
    if (createHash("sha256").update(received).digest("hex") !== declared)
      throw new StorageError(400, "XAmzContentSHA256Mismatch", "the body is not the one that was signed");
  } else if (declared !== CHUNKED && declared !== "UNSIGNED-PAYLOAD") throw notImplemented(declared);
  const { bytes, trailers } = declared === CHUNKED ? dechunked(received) : { bytes: received, trailers: {} };
  const decodedLength = headers["x-amz-decoded-content-length"];
  if (decodedLength !== undefined && Number(decodedLength) !== bytes.length)
    throw new StorageError(400, "IncompleteBody", "the body has another length than was declared");
  return { bytes, checksums: comparedChecksums(bytes, { ...headers, ...trailers }) };
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY_BYTES) throw new StorageError(400, "EntityTooLarge", "the object is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function comparedChecksums(bytes: Buffer, headers: StorageRequest["headers"]): Body["checksums"] {
  const md5 = headers["content-md5"];
  if (md5 !== undefined && md5 !== hash("md5", bytes, "base64")) throw badDigest("content-md5");
  const given = Object.entries(headers).filter(
    ([name]) => name.startsWith("x-amz-checksum-") && !/-(algorithm|type|mode)$/.test(name),
  );
  for (const [name, value] of given) {
    const checksum = CHECKSUMS[name];
    if (checksum === undefined) throw notImplemented(name);
    if (checksum(bytes) !== value) throw badDigest(name);
  }
  return Object.fromEntries(given);
}

const badDigest = (name: string): StorageError =>
  new StorageError(400, "BadDigest", `${name} is not that of the body that was received`);

/** Takes `aws-chunked` apart: `<hex length>\r\n<bytes>\r\n`, repeated until a length of 0, then headers. */
function dechunked(received: Buffer): {
  readonly bytes: Buffer;
  readonly trailers: { readonly [name: string]: string };
} {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = received.indexOf("\r\n", at);
    const size = received.toString("latin1", at, Math.max(at, end));
    if (!/^[0-9a-f]{1,8}$/i.test(size)) throw incomplete();
    const length = Number.parseInt(size, 16);
    at = end + 2;
    if (length === 0) return { bytes: Buffer.concat(chunks), trailers: trailersOf(received.toString("latin1", at)) };
    if (received.toString("latin1", at + length, at + length + 2) !== "\r\n") throw incomplete();
    chunks.push(received.subarray(at, at + length));
    at += length + 2;
  }
}

const incomplete = (): StorageError => new StorageError(400, "IncompleteBody", "a chunk of the body is not complete");

function trailersOf(text: string): { readonly [name: string]: string } {
  const lines = text.split("\r\n").filter((it) => it !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
