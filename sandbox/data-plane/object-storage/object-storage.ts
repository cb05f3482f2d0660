import { hash, randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { endServer, listenOnLoopback } from "../loopback-server.ts";
import { listObjects } from "./listing.ts";
import { ObjectFolder, type ObjectEntry } from "./object-folder.ts";
import { readBody } from "./request-body.ts";
import { signatureVerifier, type StorageCredentials } from "./signature.ts";
import { notImplemented, StorageError } from "./storage-error.ts";
import { readRequest, type StorageRequest } from "./storage-request.ts";
import { xmlDocument } from "./xml.ts";

/** An object storage that runs, and how to use it: by path-style addresses. */
export interface ObjectStorage extends StorageCredentials {
  readonly endpoint: string;
  /** The account that owns every bucket. */
  readonly accountId: string;
  stop(): Promise<void>;
}

/** What is answered. */
interface Answer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Buffer | string;
}

const ACCOUNT_ID = "000000000000";
/** What is kept of the headers of an upload, and comes back with the object. */
const KEPT = ["content-type", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id"];
/** What a request for an object may carry beside what every signed request does. */
const OBJECT_PARAMETERS = [
  "x-id",
  "x-amz-expected-bucket-owner",
  "x-amz-checksum-mode",
  "response-content-disposition",
  "response-content-type",
];

/**
 * Starts what stands in for S3 on a laptop: signatures, expiry, conditions and checksums are verified as S3 does; objects are kept in a
 * folder. Every bucket exists, and its credentials are made for this run.
 */
export async function startObjectStorage(options: {
  readonly folder: string;
  /** A free one by default. */
  readonly port?: number;
}): Promise<ObjectStorage> {
  const folder = new ObjectFolder(options.folder);
  const credentials: StorageCredentials = {
    region: "us-east-1",
    accessKeyId: `LOCAL${randomBytes(8).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64url"),
  };
  const verify = signatureVerifier(credentials);
  const server = createServer((incoming, response) => {
    void answer(incoming, folder, verify)
      .catch((error: unknown) => errorAnswer(error, incoming))
      .then((it) => write(response, it, incoming.method === "HEAD"));
  });
  const port = await listenOnLoopback(server, options.port);
  const stop = () => endServer(server);
  return { endpoint: `http://127.0.0.1:${port}`, accountId: ACCOUNT_ID, ...credentials, stop };
}

async function answer(
  incoming: IncomingMessage,
  folder: ObjectFolder,
  verify: (request: StorageRequest) => Promise<void>,
): Promise<Answer> {
  const request = readRequest(incoming);
  await verify(request);
  const owner = request.headers["x-amz-expected-bucket-owner"] ?? request.query["x-amz-expected-bucket-owner"];
  if (owner !== undefined && owner !== ACCOUNT_ID)
    throw new StorageError(403, "AccessDenied", "the bucket belongs to another account");
  if (request.key === "") return answerForBucket(request, folder);
  const other = Object.keys(request.query).find((it) => !OBJECT_PARAMETERS.includes(it.toLowerCase()) && !isOfLink(it));
  if (other !== undefined) throw notImplemented(other);
  if (request.method === "PUT") return putObject(incoming, request, folder);
  if (request.method === "DELETE") {
    folder.delete(request.bucket, request.key);
    return { status: 204 };
  }
  if (request.method === "GET" || request.method === "HEAD") return getObject(request, folder);
  throw notImplemented(request.method);
}

const isOfLink = (parameter: string): boolean => parameter.startsWith("X-Amz-") || parameter === "x-amz-content-sha256";

function answerForBucket(request: StorageRequest, folder: ObjectFolder): Answer {
  if (request.method !== "GET") throw notImplemented(`${request.method} of a bucket`);
  return { status: 200, headers: { "content-type": "application/xml" }, body: listObjects(folder, request) };
}

async function putObject(incoming: IncomingMessage, request: StorageRequest, folder: ObjectFolder): Promise<Answer> {
  const { bucket, key, headers } = request;
  if ("x-amz-copy-source" in headers) throw notImplemented("CopyObject");
  const { bytes, checksums } = await readBody(incoming, request);
  const condition = headers["if-none-match"];
  if (condition !== undefined && condition !== "*") throw notImplemented(`If-None-Match: ${condition}`);
  if (condition === "*" && folder.entry(bucket, key) !== undefined)
    throw new StorageError(412, "PreconditionFailed", "there is an object already");
  const kept = Object.fromEntries(KEPT.flatMap((it) => (headers[it] === undefined ? [] : [[it, headers[it]]])));
  const etag = `"${hash("md5", bytes)}"`;
  const modified = new Date().toISOString();
  folder.write({ bucket, key, size: bytes.length, etag, modified, headers: { ...kept, ...checksums } }, bytes);
  return { status: 200, headers: { etag, ...checksums } };
}

function getObject({ method, bucket, key, headers, query }: StorageRequest, folder: ObjectFolder): Answer {
  const entry = folder.entry(bucket, key);
  if (entry === undefined) throw new StorageError(404, "NoSuchKey", "there is no such object");
  const range = rangeOf(headers["range"], entry.size);
  const body = method === "HEAD" ? undefined : folder.read(bucket, key)?.bytes.subarray(range.from, range.to + 1);
  return {
    status: range.isPart ? 206 : 200,
    headers: {
      ...answerHeaders(entry, query, !range.isPart && headers["x-amz-checksum-mode"] === "ENABLED"),
      "content-length": String(range.to + 1 - range.from),
      ...(range.isPart && { "content-range": `bytes ${range.from}-${range.to}/${entry.size}` }),
    },
    ...(body !== undefined && { body }),
  };
}

function answerHeaders(
  { etag, modified, headers }: ObjectEntry,
  query: StorageRequest["query"],
  withChecksums: boolean,
): { readonly [name: string]: string } {
  const kept = Object.entries(headers).filter(([name]) => withChecksums || !name.startsWith("x-amz-checksum-"));
  const type = query["response-content-type"] ?? headers["content-type"] ?? "application/octet-stream";
  const disposition = query["response-content-disposition"];
  return {
    ...Object.fromEntries(kept),
    "accept-ranges": "bytes",
    "content-type": type,
    ...(disposition !== undefined && { "content-disposition": disposition }),
    etag,
    "last-modified": new Date(modified).toUTCString(),
  };
}

function rangeOf(header: string | undefined, size: number): { from: number; to: number; isPart: boolean } {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || first + last === "") return { from: 0, to: size - 1, isPart: false };
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (from <= to) return { from, to, isPart: true };
  throw new StorageError(416, "InvalidRange", "the range is not within the object");
}

function errorAnswer(error: unknown, { url = "" }: IncomingMessage): Answer {
  const { status, code, message } =
    error instanceof StorageError ? error : new StorageError(500, "InternalError", "the storage failed");
  const [resource] = url.split("?");
  const body = { Error: { Code: code, Message: message, Resource: resource, RequestId: randomUUID() } };
  return { status, headers: { "content-type": "application/xml" }, body: xmlDocument(body) };
}

function write(response: ServerResponse, { status, headers = {}, body = "" }: Answer, isHead: boolean): void {
  response.writeHead(status, { "x-amz-request-id": randomUUID(), ...headers });
  response.end(isHead ? undefined : body);
}
