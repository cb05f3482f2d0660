import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document.ts";
import { onlyByTls } from "./only-by-tls.ts";

/** How long a version that was replaced or deleted can still be had back, in days. */
const REPLACED_DAYS = 90;

/** The class that moves what nobody reads to cheaper storage and back, at no charge for reading; S3 leaves objects below 128 KB where they are. */
const TIERED = "INTELLIGENT_TIERING";

/** The key of a bucket's objects, and its region where that is not the provider's. */
export interface SafeBucketArgs {
  readonly keyArn: pulumi.Output<string>;
  readonly region?: string;
  /** What its name begins with. */
  readonly prefix?: string | undefined;
}

/** A bucket, what protects it, and the versions that it keeps. */
export interface SafeBucket {
  readonly bucket: aws.s3.Bucket;
  readonly versioning: aws.s3.BucketVersioning;
  readonly protections: readonly pulumi.Resource[];
}

/** A bucket under one key alone, never public, which keeps what was replaced or deleted for 90 days, and tiers what is seldom read. */
export function safeBucket(name: string, args: SafeBucketArgs, opts: pulumi.CustomResourceOptions): SafeBucket {
  const place = args.region === undefined ? {} : { region: args.region };
  const named = args.prefix === undefined ? {} : { bucket: `${args.prefix}${name}` };
  const it = new aws.s3.Bucket(name, { ...named, ...place }, { ...opts, protect: true });
  const on = { bucket: it.bucket, ...place };
  const versioning = new aws.s3.BucketVersioning(name, { ...on, versioningConfiguration: { status: "Enabled" } }, opts);
  const rule = {
    id: "replaced",
    status: "Enabled",
    filter: {},
    transitions: [{ days: 0, storageClass: TIERED }],
    noncurrentVersionExpiration: { noncurrentDays: REPLACED_DAYS },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  };
  const lifecycle = new aws.s3.BucketLifecycleConfiguration(
    name,
    { ...on, rules: [rule] },
    { ...opts, dependsOn: [versioning] },
  );
  return { bucket: it, versioning, protections: [...secured(name, it, { on, keyArn: args.keyArn }, opts), lifecycle] };
}

interface Secured {
  readonly on: { readonly bucket: pulumi.Output<string>; readonly region?: string };
  readonly keyArn: pulumi.Output<string>;
}

function secured(
  name: string,
  { arn }: aws.s3.Bucket,
  { on, keyArn }: Secured,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const encryption = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn } };
  return [
    new aws.s3.BucketPublicAccessBlock(
      name,
      { ...on, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      opts,
    ),
    // Without access lists, who may do what is for policies alone to say.
    new aws.s3.BucketOwnershipControls(name, { ...on, rule: { objectOwnership: "BucketOwnerEnforced" } }, opts),
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { ...on, rules: [{ ...encryption, bucketKeyEnabled: true }] },
      opts,
    ),
    new aws.s3.BucketPolicy(name, { ...on, policy: policyDocument(refusals(arn, keyArn)) }, opts),
  ];
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
