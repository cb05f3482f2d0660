import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { UPLOADS } from "../../../../../../contracts/bff/stores.ts";

/** Objects of jobs in the tenant's bucket, which encrypts them by the tenant's key. */
export class JobObjects {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.client = client;
    this.bucket = bucket;
  }

  async put(name: string, content: Uint8Array | string): Promise<void> {
    await this.client.send(new PutObjectCommand({ ...this.at(name), Body: content }));
  }

  /** Throws what the AWS SDK throws where there is none of that name. */
  async get(name: string): Promise<Uint8Array> {
    const { Body } = await this.client.send(new GetObjectCommand(this.at(name)));
    if (Body === undefined) throw new Error("an object of a job came without its content");
    return Body.transformToByteArray();
  }

  /** Removes objects; those that are not there are none. */
  async remove(names: readonly string[]): Promise<void> {
    for (const it of names) await this.client.send(new DeleteObjectCommand(this.at(it)));
  }

  private at(name: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.bucket, Key: `${UPLOADS}${name}` };
  }
}

/** The name of a piece of a job's file. */
export function pieceName(id: string, number: number): string {
  return `${id}/file/${number}`;
}
