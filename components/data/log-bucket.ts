import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";
import { onlyByTls } from "./only-by-tls.ts";

/** How long a record is kept, in days: PCI DSS 10.5.1 demands a year. */
const KEPT_DAYS = 400;

/** Who writes records into a bucket, and under which key. */
export interface LogBucketArgs {
  readonly place: Place;
  /** What AWS's services need, given the bucket's ARN. */
  readonly writers: (arn: pulumi.Output<string>) => readonly Statement[];
  /** The key of its objects; without it, that of Amazon S3 itself, for services that write under no other. */
  readonly kmsKeyArn?: pulumi.Input<string>;
}

/** A bucket of records: AWS's services write into it, and for a year nobody replaces or deletes what they wrote (premise 7). */
export class LogBucket extends pulumi.ComponentResource {
  /** Its name, once its records are protected and its writers are admitted. */
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:LogBucket", name, {}, opts);
    const bucket = new aws.s3.Bucket(
      name,
      { objectLockEnabled: true, ...(args.place.bucketPrefix && { bucket: `${args.place.bucketPrefix}${name}` }) },
      { parent: this, protect: true },
    );
    const protections = [...this.secure(name, bucket, args), ...this.keep(name, bucket)];

    this.bucketName = pulumi.all([bucket.bucket, protections.map((it) => it.urn)]).apply(([it]) => it);
    this.registerOutputs({ bucketName: this.bucketName });
  }

  private secure(name: string, { bucket, arn }: aws.s3.Bucket, args: LogBucketArgs): readonly pulumi.Resource[] {
    const parent = { parent: this };
    const encryption =
      args.kmsKeyArn === undefined
        ? { sseAlgorithm: "AES256" }
        : { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.kmsKeyArn };
    return [
      new aws.s3.BucketPublicAccessBlock(
        name,
        { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
        parent,
      ),
      new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, parent),
      new aws.s3.BucketServerSideEncryptionConfiguration(
        name,
        { bucket, rules: [{ applyServerSideEncryptionByDefault: encryption, bucketKeyEnabled: true }] },
        parent,
      ),
      new aws.s3.BucketPolicy(name, { bucket, policy: policyDocument([onlyByTls(arn), ...args.writers(arn)]) }, parent),
    ];
  }

  private keep(name: string, { bucket }: aws.s3.Bucket): readonly pulumi.Resource[] {
    const parent = { parent: this };
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      parent,
    );
    const afterwards = { parent: this, dependsOn: [versioning] };
    const expiry = {
      id: "old",
      status: "Enabled",
      filter: {},
      expiration: { days: KEPT_DAYS },
      noncurrentVersionExpiration: { noncurrentDays: 90 },
    };
    return [
      versioning,
      new aws.s3.BucketObjectLockConfiguration(
        name,
        { bucket, rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } } },
        afterwards,
      ),
      new aws.s3.BucketLifecycleConfiguration(name, { bucket, rules: [expiry] }, afterwards),
    ];
  }
}
