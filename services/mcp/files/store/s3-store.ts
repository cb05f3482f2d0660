import { addAbortSignal, type Readable } from "node:stream";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { tooLarge } from "../file-problem.ts";
import type { DownloadLinkOptions, Link, ObjectStore, Page, StoredObject, UploadLinkOptions } from "./object-store.ts";

/** Where in S3 the objects are. */
export interface S3Location {
  readonly bucket: string;
  /** The account that must own the bucket; another account's bucket of this name is refused. */
  readonly owner: string;
  /** Before every key; empty, or ends in "/". */
  readonly prefix: string;
  /** Under which every object is encrypted. */
  readonly kmsKeyArn: string;
}

const CONFLICT_ATTEMPTS = 3;

/** Objects in S3, under a tenant's key. Whatever S3 refuses for the moment is retried by the client. */
export class S3Store implements ObjectStore {
  private readonly client: S3Client;
  private readonly location: S3Location;

  constructor(client: S3Client, location: S3Location) {
    this.client = client;
    this.location = location;
  }

  async list(
    { prefix, after, limit }: Parameters<ObjectStore["list"]>[0],
    abortSignal: AbortSignal,
  ): ReturnType<ObjectStore["list"]> {
    const { bucket: Bucket, owner: ExpectedBucketOwner, prefix: base } = this.location;
    const command = new ListObjectsV2Command({
      Bucket,
      ExpectedBucketOwner,
      Prefix: base + prefix,
      MaxKeys: limit,
      // A key may hold characters that XML cannot.
      EncodingType: "url",
      ...(after !== undefined && { StartAfter: base + after }),
    });
    const { Contents = [], IsTruncated } = await this.client.send(command, { abortSignal });
    const objects = Contents.map(({ Key = "", Size = 0, LastModified = new Date(0) }) => {
      return { key: decodedKey(Key).slice(base.length), size: Size, modified: LastModified };
    });
    return pageOf(objects, IsTruncated === true);
  }

  async find(key: string, abortSignal: AbortSignal): Promise<StoredObject | undefined> {
    const head = await this.ifThere(
      key,
      this.client.send(new HeadObjectCommand(this.addressOf(key)), { abortSignal }),
      abortSignal,
    );
    if (head === undefined) return undefined;
    return { key, size: head.ContentLength ?? 0, modified: head.LastModified ?? new Date(0) };
  }

  async read(key: string, limit: number, abortSignal: AbortSignal): Promise<Buffer | undefined> {
    const got = await this.ifThere(
      key,
      this.client.send(new GetObjectCommand(this.addressOf(key)), { abortSignal }),
      abortSignal,
    );
    if (got === undefined) return undefined;
    const body = got.Body as Readable;
    const size = got.ContentLength ?? Number.POSITIVE_INFINITY;
    if (size > limit) {
      body.destroy();
      throw tooLarge(size, limit);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of addAbortSignal(abortSignal, body) as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async write(
    key: string,
    body: Buffer,
    { ifAbsent }: { readonly ifAbsent: boolean },
    abortSignal: AbortSignal,
  ): Promise<boolean> {
    const command = new PutObjectCommand({ ...this.encrypted(key, ifAbsent), Body: body });
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.client.send(command, { abortSignal }).then(() => "written", conflictOf);
      if (outcome !== "conflict") return outcome === "written";
      if (attempt === CONFLICT_ATTEMPTS) return false;
    }
  }

  async downloadLink(key: string, { fileName, mediaType, lifetimeSeconds }: DownloadLinkOptions): Promise<Link> {
    const command = new GetObjectCommand({
      ...this.addressOf(key),
      ResponseContentDisposition: `attachment; filename*=UTF-8''${extendedValue(fileName)}`,
      ResponseContentType: mediaType,
    });
    return { url: await getSignedUrl(this.client, command, { expiresIn: lifetimeSeconds }), headers: {} };
  }

  async uploadLink(key: string, options: UploadLinkOptions): Promise<Link> {
    const checksum = Buffer.from(options.sha256, "hex").toString("base64");
    const command = new PutObjectCommand({
      ...this.encrypted(key, options.ifAbsent),
      ContentType: options.mediaType,
      ContentLength: options.size,
      ChecksumSHA256: checksum,
    });
    const { owner, kmsKeyArn } = this.location;
    const headers = {
      "content-type": options.mediaType,
      "content-length": String(options.size),
      "x-amz-checksum-sha256": checksum,
      "x-amz-expected-bucket-owner": owner,
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyArn,
      ...(options.ifAbsent && { "if-none-match": "*" }),
    };
    // Signed as headers, not as part of the address: S3 enforces most of them only there.
    const names = new Set(Object.keys(headers));
    const signed = { signableHeaders: new Set([...names, "host"]), unhoistableHeaders: names };
    return {
      url: await getSignedUrl(this.client, command, { expiresIn: options.lifetimeSeconds, ...signed }),
      headers,
    };
  }

  /** An answer about an object, or undefined where nothing is: S3 says 403 to a role that may list only below its prefix. */
  private async ifThere<T>(key: string, answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    try {
      return await answer;
    } catch (error) {
      const status = statusOf(error);
      if (status === 404 && (error as Error).name !== "NoSuchBucket") return undefined;
      if (status !== 403) throw error;
      const { objects } = await this.list({ prefix: key, limit: 1 }, signal);
      if (objects[0]?.key === key) throw error;
      return undefined;
    }
  }

  private addressOf(key: string) {
    const { bucket, owner, prefix } = this.location;
    return { Bucket: bucket, Key: prefix + key, ExpectedBucketOwner: owner };
  }

  private encrypted(key: string, ifAbsent: boolean): PutObjectCommandInput {
    return {
      ...this.addressOf(key),
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: this.location.kmsKeyArn,
      ...(ifAbsent && { IfNoneMatch: "*" }),
    };
  }
}

function pageOf(objects: readonly StoredObject[], isTruncated: boolean): Page {
  const last = objects.at(-1)?.key;
  return { objects, ...(isTruncated && last !== undefined && { next: last }) };
}

/** A key as S3 encodes it in a list: like a form. */
const decodedKey = (text: string): string => decodeURIComponent(text.replaceAll("+", "%20"));

/** A parameter's value by RFC 8187, which leaves fewer characters as they are than a URL does. */
function extendedValue(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** "exists" for a condition that does not hold; "conflict" where another write was under way, and S3 asks to try again. */
function conflictOf(error: unknown): "exists" | "conflict" {
  if (statusOf(error) === 412) return "exists";
  if (statusOf(error) === 409) return "conflict";
  throw error;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
