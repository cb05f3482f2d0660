import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../../contracts/tags.ts";
import { bucketsRefuseOtherKeys } from "../../../policies/premise-5-tenant-isolation/buckets-refuse-other-keys.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, bucketPolicyOf, keyOf } from "../data-programs.ts";
import { served } from "../programs.ts";

const ALGORITHM = "s3:x-amz-server-side-encryption";
const KEY_ID = `${ALGORITHM}-aws-kms-key-id`;

type Condition = Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
type Conditions = Readonly<Record<string, Condition>>;
interface Told {
  readonly isEncrypted?: boolean;
  readonly keyTags?: Record<string, string>;
  /** What is in every denial beside its condition. */
  readonly denial?: Readonly<Record<string, unknown>>;
}

/** Takes objects that say nothing of encryption, which get the bucket's own. */
const onlyWrongOnes = (key: pulumi.Input<string>): Conditions => ({
  algorithm: { StringNotEquals: { [ALGORITHM]: "aws:kms" }, Null: { [ALGORITHM]: "false" } },
  key: { StringNotEquals: { [KEY_ID]: key }, Null: { [KEY_ID]: "false" } },
  noKey: { StringEquals: { [ALGORITHM]: "aws:kms" }, Null: { [KEY_ID]: "true" } },
  callersKey: { Null: { [`${ALGORITHM}-customer-algorithm`]: "false" } },
});

/** Demands that every object names the key. */
const allThatNameNoKey = (key: pulumi.Input<string>): Conditions => ({ key: { ArnNotEquals: { [KEY_ID]: key } } });

const but =
  (name: string, condition?: (key: pulumi.Input<string>) => Condition) =>
  (key: pulumi.Input<string>): Conditions => {
    const others = Object.entries(onlyWrongOnes(key)).filter(([it]) => it !== name);
    return { ...Object.fromEntries(others), ...(condition && { [name]: condition(key) }) };
  };

function bucket(
  conditions: (key: pulumi.Input<string>) => Conditions,
  { isEncrypted = true, keyTags = {}, denial = {} }: Told = {},
): void {
  const opts = served();
  const it = bucketOf(opts);
  const key = keyOf(opts, keyTags);
  const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } }];
  if (isEncrypted) new aws.s3.BucketServerSideEncryptionConfiguration("encryption", { bucket: it.bucket, rules }, opts);
  const Resource = pulumi.interpolate`${it.arn}/*`;
  const deny = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource };
  const statements = Object.values(conditions(key.arn)).map((Condition) => ({ ...deny, Condition, ...denial }));
  bucketPolicyOf(it, opts, ...statements);
}

const REFUSE = '"bucket" must refuse objects under another key than the tenant\'s, and take those under it.';
const OTHER = "arn:aws:kms:eu-west-1:111122223333:key/other";

testRule(bucketsRefuseOtherKeys, {
  accepts: {
    "a bucket that refuses what names something else": () => bucket(onlyWrongOnes),
    "a bucket that refuses what does not name the tenant's key": () => bucket(allThatNameNoKey),
  },
  rejects: {
    "a bucket without encryption of its own": [
      () => bucket(onlyWrongOnes, { isEncrypted: false }),
      '"bucket" must be encrypted by default.',
    ],
    "a bucket that demands another tenant's key": [
      () => bucket(onlyWrongOnes, { keyTags: { [TAG.tenant]: "acme-corp" } }),
      REFUSE,
    ],
    "a bucket that demands another key of the tenant": [
      () => bucket(but("key", () => ({ StringNotEquals: { [KEY_ID]: OTHER }, Null: { [KEY_ID]: "false" } }))),
      REFUSE,
    ],
    "a bucket that refuses just the tenant's key": [
      () => bucket(but("key", (key) => ({ ArnEquals: { [KEY_ID]: key } }))),
      REFUSE,
    ],
    "a bucket that takes S3's own encryption": [() => bucket(but("algorithm")), REFUSE],
    "a bucket that takes KMS without a key, which is S3's own key there": [() => bucket(but("noKey")), REFUSE],
    "a bucket that takes keys of callers": [() => bucket(but("callersKey")), REFUSE],
    "a bucket that refuses only some callers": [
      () => bucket(onlyWrongOnes, { denial: { Principal: { AWS: "arn:aws:iam::111122223333:role/one" } } }),
      REFUSE,
    ],
    "a bucket that refuses it in another bucket": [
      () => bucket(onlyWrongOnes, { denial: { Resource: "arn:aws:s3:::other/*" } }),
      REFUSE,
    ],
    "a bucket that refuses at some times": [
      () =>
        bucket(
          but("key", (key) => ({
            StringNotEquals: { [KEY_ID]: key },
            DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
          })),
        ),
      REFUSE,
    ],
    "a bucket that refuses to read": [() => bucket(onlyWrongOnes, { denial: { Action: "s3:GetObject" } }), REFUSE],
    "a bucket that allows instead": [() => bucket(onlyWrongOnes, { denial: { Effect: "Allow" } }), REFUSE],
    "a bucket that refuses always": [() => bucket(onlyWrongOnes, { denial: { Condition: {} } }), REFUSE],
  },
});
