import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TenantBucket } from "./tenant-bucket.ts";

/** What is written into a tenant's bucket by a deployment: texts by key, of JSON. */
export interface TenantDocumentsArgs {
  readonly bucket: TenantBucket;
  readonly documents: Readonly<Record<string, string>>;
}

/** What a deployment says of itself to the tenant's developers, under the tenant's own key, which is the bucket's. */
export class TenantDocuments extends pulumi.ComponentResource {
  constructor(name: string, { bucket, documents }: TenantDocumentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:TenantDocuments", name, {}, opts);
    for (const [key, content] of Object.entries(documents)) {
      new aws.s3.BucketObjectv2(
        `${name}-${key.split("/").at(-1) ?? key}`,
        { bucket: bucket.bucketName, key, content, contentType: "application/json" },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
