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
  /** The keys of what is written, once it is there. */
  readonly keys: ReadonlyMap<string, pulumi.Output<string>>;

  constructor(name: string, { bucket, documents }: TenantDocumentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:TenantDocuments", name, {}, opts);
    const written = Object.entries(documents).map(([key, content]) => {
      const object = new aws.s3.BucketObjectv2(
        `${name}-${key.split("/").at(-1) ?? key}`,
        { bucket: bucket.bucketName, key, content, contentType: "application/json" },
        { parent: this },
      );
      return [key, object.key] as const;
    });
    this.keys = new Map(written);
    this.registerOutputs({});
  }
}
