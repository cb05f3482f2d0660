import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import { policyDocument, type Statement } from "../identity/policy-document.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { keyUse } from "./key-use.ts";
import { onlyByTls } from "./only-by-tls.ts";

/** How long a version that was replaced or deleted can still be had back, in days. */
const REPLACED_DAYS = 90;

/** The one call on a bucket itself; all others are on what is in it. */
const LIST = "s3:ListBucket";

/** Where a bucket is, and under which key. */
export interface TenantBucketArgs {
  readonly place: Place;
  readonly key: DataKey;
}

/** A tenant's bucket: under the tenant's key alone, never public, and nothing in it is lost by one mistake (premise 5). */
export class TenantBucket extends pulumi.ComponentResource {
  /** Its name, once nothing can be put into it unprotected. */
  readonly bucketName: pulumi.Output<string>;
  private readonly bucket: aws.s3.Bucket;
  private readonly place: Place;
  private readonly key: DataKey;

  constructor(name: string, { place, key }: TenantBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:TenantBucket", name, {}, opts);
    this.place = place;
    this.key = key;
    this.bucket = new aws.s3.Bucket(name, {}, { parent: this, protect: true });
    const protections = [...this.secure(name), this.keepVersions(name)];

    this.bucketName = pulumi.all([this.bucket.bucket, protections.map((it) => it.urn)]).apply(([it]) => it);
    this.registerOutputs({ bucketName: this.bucketName });
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

  private secure(name: string): readonly pulumi.Resource[] {
    const { bucket, arn } = this.bucket;
    const parent = { parent: this };
    const sseAlgorithm = "aws:kms";
    const encryption = { applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: this.key.arn } };
    return [
      new aws.s3.BucketPublicAccessBlock(
        name,
        { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
        parent,
      ),
      // Without access lists, who may do what is for policies alone to say.
      new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, parent),
      new aws.s3.BucketServerSideEncryptionConfiguration(
        name,
        { bucket, rules: [{ ...encryption, bucketKeyEnabled: true }] },
        parent,
      ),
      new aws.s3.BucketPolicy(name, { bucket, policy: policyDocument(refusals(arn, this.key.arn)) }, parent),
    ];
  }

  private keepVersions(name: string): pulumi.Resource {
    const { bucket } = this.bucket;
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      { parent: this },
    );
    const rule = {
      id: "replaced",
      status: "Enabled",
      filter: {},
      noncurrentVersionExpiration: { noncurrentDays: REPLACED_DAYS },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    };
    return new aws.s3.BucketLifecycleConfiguration(
      name,
      { bucket, rules: [rule] },
      { parent: this, dependsOn: [versioning] },
    );
  }
}

/**
 * Refuses what does not come by TLS, and every object under another key than this one. An object that says nothing of encryption gets
 * the bucket's own; one that asks for `aws:kms` and names no key would get the key of S3 itself.
 * A negated operator also matches a request without the header, so `Null` says that there must be one.
 */
function refusals(arn: pulumi.Output<string>, keyArn: pulumi.Output<string>): readonly Statement[] {
  const objects = pulumi.interpolate`${arn}/*`;
  const put = { Effect: "Deny", Principal: "*", Action: ["s3:PutObject"], Resource: objects } as const;
  const header = "s3:x-amz-server-side-encryption";
  const keyId = `${header}-aws-kms-key-id`;
  return [
    onlyByTls(arn),
    { ...put, Sid: "OnlyByKms", Condition: { StringNotEquals: { [header]: "aws:kms" }, Null: { [header]: "false" } } },
    { ...put, Sid: "OnlyByThisKey", Condition: { StringNotEquals: { [keyId]: keyArn }, Null: { [keyId]: "false" } } },
    { ...put, Sid: "NotByTheKeyOfS3", Condition: { StringEquals: { [header]: "aws:kms" }, Null: { [keyId]: "true" } } },
    { ...put, Sid: "NotByKeysOfCallers", Condition: { Null: { [`${header}-customer-algorithm`]: "false" } } },
  ];
}
