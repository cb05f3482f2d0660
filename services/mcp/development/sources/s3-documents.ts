import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import { asked, isMissing } from "./aws-problem.ts";
import { LARGEST_DOCUMENT_BYTES, type DocumentName, type Documents } from "./documents.ts";
import { requireOwner } from "../services.ts";

/** Whose documents they are, and where. */
export interface S3DocumentsOptions {
  readonly client: S3Client;
  readonly tenantId: string;
  readonly bucket: string;
  readonly keys: Readonly<Record<DocumentName, string>>;
}

/** The tenant's documents in Amazon S3. */
export class S3Documents implements Documents {
  private readonly options: S3DocumentsOptions;

  constructor(options: S3DocumentsOptions) {
    this.options = options;
  }

  async read(tenantId: string, name: DocumentName, abortSignal: AbortSignal): Promise<string | undefined> {
    const { client, bucket, keys } = this.options;
    requireOwner(this.options.tenantId, tenantId);
    try {
      return await asked(`the document "${name}"`, async () => {
        const command = new GetObjectCommand({ Bucket: bucket, Key: keys[name] });
        const { Body, ContentLength = Infinity } = await client.send(command, { abortSignal });
        if (ContentLength <= LARGEST_DOCUMENT_BYTES) return await Body?.transformToString();
        throw new Problem("ERR_DOCUMENT_TOO_LARGE", `${ContentLength} bytes`, `the document "${name}" is too large`);
      });
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}
