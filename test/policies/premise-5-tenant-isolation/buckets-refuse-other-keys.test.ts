import * as aws from "@pulumi/aws";
import { TAG } from "../../../contracts/tags.ts";
import { bucketsRefuseOtherKeys } from "../../../policies/premise-5-tenant-isolation/buckets-refuse-other-keys.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, bucketPolicyOf, keyOf } from "../data-programs.ts";
import { served } from "../programs.ts";

interface Told {
  readonly isEncrypted?: boolean;
  readonly keyTags?: Record<string, string>;
  readonly refusal?: Readonly<Record<string, unknown>>;
  readonly operator?: string;
}

function bucket({
  isEncrypted = true,
  keyTags = {},
  refusal = {},
  operator = "ArnNotEqualsIfExists",
}: Told = {}): void {
  const opts = served();
  const it = bucketOf(opts);
  const key = keyOf(opts, keyTags);
  const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } }];
  if (isEncrypted) new aws.s3.BucketServerSideEncryptionConfiguration("encryption", { bucket: it.bucket, rules }, opts);
  bucketPolicyOf(it, opts, {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::it/*",
    Condition: { [operator]: { "s3:x-amz-server-side-encryption-aws-kms-key-id": key.arn } },
    ...refusal,
  });
}

const REFUSE = '"bucket" must refuse objects under another key than the tenant\'s.';

testRule(bucketsRefuseOtherKeys, {
  accepts: { "a bucket that takes the tenant's key alone": () => bucket() },
  rejects: {
    "a bucket without encryption of its own": [
      () => bucket({ isEncrypted: false }),
      '"bucket" must be encrypted by default.',
    ],
    "a bucket that demands another tenant's key": [() => bucket({ keyTags: { [TAG.tenant]: "acme-corp" } }), REFUSE],
    "a bucket that refuses just the tenant's key": [() => bucket({ operator: "ArnEquals" }), REFUSE],
    "a bucket that refuses to read": [() => bucket({ refusal: { Action: "s3:GetObject" } }), REFUSE],
    "a bucket that allows instead": [() => bucket({ refusal: { Effect: "Allow" } }), REFUSE],
    "a bucket that refuses always": [() => bucket({ refusal: { Condition: {} } }), REFUSE],
  },
});
