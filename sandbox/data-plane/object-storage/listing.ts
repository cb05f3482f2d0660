import { byBytes, type ObjectEntry, type ObjectFolder } from "./object-folder.ts";
import { notImplemented, StorageError } from "./storage-error.ts";
import type { StorageRequest } from "./storage-request.ts";
import { xmlDocument, type XmlElements } from "./xml.ts";

const MOST_KEYS = 1_000;
const PARAMETERS = [
  "list-type",
  "prefix",
  "start-after",
  "continuation-token",
  "max-keys",
  "encoding-type",
  "x-id",
  "x-amz-expected-bucket-owner",
];

/** The page of keys that a request asks for (ListObjectsV2), as XML. */
export function listObjects(folder: ObjectFolder, { bucket, query }: StorageRequest): string {
  const { prefix = "", maxKeys, after, encoding } = listOptions(query);
  const rest = folder.list(bucket, prefix).filter(({ key }) => after === undefined || byBytes(key, after) > 0);
  const page = rest.slice(0, Math.min(maxKeys, MOST_KEYS));
  const last = page.at(-1)?.key;
  const next = rest.length > page.length && last !== undefined ? Buffer.from(last).toString("base64url") : undefined;
  const text = encoding === "url" ? urlEncoded : (it: string) => it;
  const result = {
    Name: bucket,
    Prefix: text(prefix),
    MaxKeys: maxKeys,
    EncodingType: encoding,
    KeyCount: page.length,
    IsTruncated: next !== undefined,
    NextContinuationToken: next,
    Contents: page.map((it) => contentOf(it, text)),
  };
  return xmlDocument({ ListBucketResult: result });
}

function listOptions(query: StorageRequest["query"]) {
  const other = Object.keys(query).find((it) => !PARAMETERS.includes(it) && !it.startsWith("X-Amz-"));
  if (query["list-type"] !== "2" || other !== undefined) throw notImplemented(other ?? "the first version of the list");
  const { prefix, "max-keys": wanted = String(MOST_KEYS), "encoding-type": encoding } = query;
  if (!/^\d{1,9}$/.test(wanted)) throw new StorageError(400, "InvalidArgument", "max-keys must be a whole number");
  return { prefix, encoding, maxKeys: Number(wanted), after: startOf(query) };
}

function startOf(query: StorageRequest["query"]): string | undefined {
  const token = query["continuation-token"];
  return token === undefined ? query["start-after"] : Buffer.from(token, "base64url").toString();
}

function contentOf({ key, size, etag, modified }: ObjectEntry, text: (key: string) => string): XmlElements {
  return { Key: text(key), LastModified: modified, ETag: etag, Size: size, StorageClass: "STANDARD" };
}

/** As S3 encodes keys in a list: like a form, but with its slashes. */
const urlEncoded = (key: string): string => encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/");
