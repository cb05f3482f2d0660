import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import type { Statement } from "../identity/policy-document.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { bucketCopies } from "./bucket-copies.ts";
import { keyUse } from "./key-use.ts";
import { type SafeBucket, safeBucket } from "./safe-bucket.ts";

/** The one call on a bucket itself; all others are on what is in it. */
const LIST = "s3:ListBucket";

/** Where a bucket is, and under which key. */
export interface TenantBucketArgs {
  readonly place: Place;
  readonly key: DataKey;
}

/** A tenant's bucket: under the tenant's key alone, never public, and nothing in it is lost by one mistake, nor with its region (premise 5). */
export class TenantBucket extends pulumi.ComponentResource {
  /** Its name, once nothing can be put into it unprotected. */
  readonly bucketName: pulumi.Output<string>;
  /** Name of its copy in the standby of its key, where there is one. */
  readonly copyName: pulumi.Output<string> | undefined;
  private readonly bucket: aws.s3.Bucket;
  private readonly place: Place;
  private readonly key: DataKey;

  constructor(name: string, { place, key }: TenantBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:TenantBucket", name, {}, opts);
    this.place = place;
    this.key = key;
    const safe = safeBucket(name, { keyArn: key.arn, prefix: place.bucketPrefix }, { parent: this });
    this.bucket = safe.bucket;
    this.copyName = key.standby && this.copied(name, safe, key.standby);

    this.bucketName = pulumi.all([this.bucket.bucket, safe.protections.map((it) => it.urn)]).apply(([it]) => it);
    this.registerOutputs({ bucketName: this.bucketName });
  }

  private copied(name: string, from: SafeBucket, standby: NonNullable<DataKey["standby"]>): pulumi.Output<string> {
    const { region, arn: keyArn } = standby;
    const to = safeBucket(`${name}-standby`, { keyArn, region, prefix: this.place.bucketPrefix }, { parent: this });
    bucketCopies(name, { place: this.place, key: this.key.arn, standby, from, to }, { parent: this });
    return to.bucket.bucket;
  }

  /** Lets `role` make these calls, of S3 and of KMS through S3, on what is below a prefix of the bucket, which ends in "/". */
  grantCalls(name: string, role: aws.iam.Role, prefix: string, calls: readonly string[]): aws.iam.RolePolicy {
    const of = (service: string): readonly string[] => calls.filter((it) => it.startsWith(`${service}:`));
    const statements: readonly Statement[] = [
      {
        Effect: "Allow",
        Action: of("s3").filter((it) => it === LIST),
        Resource: this.bucket.arn,
        // Whoever may not list is told of a missing object that it is forbidden; asking for one names no prefix.
        Condition: { StringLikeIfExists: { "s3:prefix": `${prefix}*` } },
      },
      {
        Effect: "Allow",
        Action: of("s3").filter((it) => it !== LIST),
        Resource: pulumi.interpolate`${this.bucket.arn}/${prefix}*`,
      },
      keyUse(this.key, this.place, "s3", of("kms")),
    ];
    return grant(
      name,
      role,
      statements.filter(({ Action }) => Action.length > 0),
      { parent: role },
    );
  }
}
