import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { GetObjectCommand, PutObjectCommand, S3Client, type PutObjectCommandInput } from "@aws-sdk/client-s3";
import {
  startObjectStorage,
  type ObjectStorage,
} from "../../../../sandbox/data-plane/object-storage/object-storage.ts";

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

type Content = string | Readable;

/** The bucket of these tests. */
export const BUCKET = "some-bucket";

/** Starts a storage in a temporary folder, with what speaks to it. */
export async function storageUnderTest() {
  const folder = mkdtempSync(join(tmpdir(), "alicerce-storage-"));
  const storage = await startObjectStorage({ folder });
  const client = clientOf(storage);
  const put = (Key: string, Body: Content, more: Partial<PutObjectCommandInput> = {}) =>
    client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));
  const read = (Key: string, range: { readonly Range?: string } = {}) => contentOf(client, Key, range);
  const stop = async () => {
    client.destroy();
    await storage.stop();
    rmSync(folder, { recursive: true });
  };
  return { folder, storage, client, put, read, stop };
}

/** A client of a storage that tries each call once. */
export function clientOf({ region, endpoint, accessKeyId, secretAccessKey }: ObjectStorage): S3Client {
  const credentials = { accessKeyId, secretAccessKey };
  return new S3Client({ region, endpoint, forcePathStyle: true, credentials, maxAttempts: 1 });
}

/** What an object holds, as text. */
export async function contentOf(client: S3Client, Key: string, range: { readonly Range?: string } = {}) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...range }));
  return Body?.transformToString();
}

/** The code of the error that a call ends with. */
export const codeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => "no error",
    (error: unknown) => (error as Error).name,
  );

/** Sends a request as it is written down. */
export function send(endpoint: string, { body = "", ...options }: WireRequest) {
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(endpoint);
    const sent = request({ hostname, port, ...options }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => void chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on("error", reject).end(body);
  });
}

/** An upload as the client signs it, without its being sent. */
export async function signedUpload(storage: ObjectStorage, key: string, body: Content) {
  let caught: { method: string; path: string; headers: { [name: string]: string } } | undefined;
  const client = clientOf(storage);
  client.middlewareStack.add(
    () => (args) => {
      caught = args.request as NonNullable<typeof caught>;
      throw new Error("caught");
    },
    { step: "finalizeRequest", priority: "low" },
  );
  const command = new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body, ContentLength: 5 });
  await codeOf(client.send(command));
  const { method, path, headers } = caught!;
  return { method, path: `${path}?x-id=PutObject`, headers };
}
