import type { IncomingMessage } from "node:http";
import { StorageError } from "./storage-error.ts";

/** A request as its signature sees it, before its body is read. */
export interface StorageRequest {
  readonly method: string;
  /** As it was sent, percent encoding included. */
  readonly path: string;
  readonly query: { readonly [name: string]: string };
  readonly headers: { readonly [name: string]: string };
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const LONGEST_KEY_BYTES = 1_024;

/** Reads bucket, key, query and headers; refuses what S3 would not take, or what could lead elsewhere. */
export function readRequest({ method = "", url = "", headers }: IncomingMessage): StorageRequest {
  const [path = "", query = ""] = splitOnce(url, "?");
  const [bucket = "", ...names] = path.slice(1).split("/").map(decoded);
  const key = names.join("/");
  if (!path.startsWith("/") || !BUCKET.test(bucket)) {
    throw new StorageError(400, "InvalidBucketName", "the path must begin with the name of a bucket");
  }
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) throw new StorageError(400, "KeyTooLongError", "the key is too long");
  if (key.split("/").some((name) => name === "." || name === "..")) {
    throw new StorageError(400, "InvalidURI", "the key must not contain relative names");
  }
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return { method, path, query: readQuery(query), headers: plain, bucket, key };
}

function readQuery(text: string): { readonly [name: string]: string } {
  const query: { [name: string]: string } = Object.create(null) as { [name: string]: string };
  for (const pair of text.split("&").filter((it) => it !== "")) {
    const [name = "", value = ""] = splitOnce(pair, "=").map(decoded);
    if (name in query) throw new StorageError(400, "InvalidArgument", `the parameter ${name} is given twice`);
    query[name] = value;
  }
  return query;
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new StorageError(400, "InvalidURI", "the percent encoding is broken");
  }
}
