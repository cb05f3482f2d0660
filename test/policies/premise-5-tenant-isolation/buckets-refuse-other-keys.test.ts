import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../../contracts/tags.ts";
import { bucketsRefuseOtherKeys } from "../../../policies/premise-5-tenant-isolation/buckets-refuse-other-keys.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, bucketPolicyOf, keyOf } from "../data-programs.ts";
import { ACCOUNT, REGION, served } from "../programs.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The key of the bucket, or what stands in its place. */
type Key = pulumi.Input<string>;

interface Told {
  readonly isEncrypted?: boolean;
  /** Whether the bucket's default encryption is by another tenant's key. */
  readonly isDefaultForeign?: boolean;
  readonly isBlocked?: boolean;
  readonly keyTags?: Record<string, string>;
  /** The statements of the policy, given the tenant's key. */
  readonly statements?: (key: Key) => readonly Fields[];
}

const ALGORITHM = "s3:x-amz-server-side-encryption";
const KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const CUSTOMER = "s3:x-amz-server-side-encryption-customer-algorithm";
const FOREIGN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/00000000-0000-0000-0000-000000000000`;

const PUT = { Effect: "Deny", Principal: "*", Action: "s3:PutObject" };

/** Refuses every request that does not name the key, also one that names none. */
const onlyThis = (key: Key, operator = "ArnNotEqualsIfExists"): Fields => ({
  ...PUT,
  Condition: { [operator]: { [KEY_ID]: key } },
});

/** Refuses requests that name another key or algorithm, and lets those pass that name nothing: they get the bucket's default. */
const ifNamed = (key: Key): readonly Fields[] => [
  { ...PUT, Condition: { StringNotEquals: { [ALGORITHM]: "aws:kms" }, Null: { [ALGORITHM]: "false" } } },
  { ...PUT, Condition: { ArnNotEquals: { [KEY_ID]: key }, Null: { [KEY_ID]: "false" } } },
  // Without a key's id, S3 takes the key that AWS manages for the account.
  { ...PUT, Condition: { Null: { [ALGORITHM]: "false", [KEY_ID]: "true" } } },
  { ...PUT, Condition: { Null: { [CUSTOMER]: "false" } } },
];

function bucket({
  isEncrypted = true,
  isDefaultForeign = false,
  isBlocked = false,
  keyTags = {},
  statements = (key) => [onlyThis(key)],
}: Told = {}): void {
  const opts = served();
  const it = bucketOf(opts);
  const key = keyOf(opts, keyTags);
  const foreign = new aws.kms.Key("foreign", { tags: { [TAG.tenant]: "acme-corp" } }, opts);
  const kmsMasterKeyId = (isDefaultForeign ? foreign : key).arn;
  const blocked = isBlocked ? { blockedEncryptionTypes: ["SSE-C"] } : {};
  const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId }, ...blocked }];
  if (isEncrypted) new aws.s3.BucketServerSideEncryptionConfiguration("encryption", { bucket: it.bucket, rules }, opts);
  const objects = pulumi.interpolate`${it.arn}/*`;
  bucketPolicyOf(it, opts, ...statements(key.arn).map((statement) => ({ Resource: objects, ...statement })));
}

const without =
  (...left: readonly number[]) =>
  (): void =>
    bucket({ statements: (key) => ifNamed(key).filter((_, i) => !left.includes(i)) });

const REFUSE = '"bucket" must refuse objects under another key than the tenant\'s, and take those under it.';
const DEFAULT = '"bucket" must be encrypted by default, with the key of its tenant.';

testRule(bucketsRefuseOtherKeys, {
  accepts: {
    "a bucket that takes only requests that name the tenant's key": () => bucket(),
    "the same without IfExists, which changes nothing": () =>
      bucket({ statements: (key) => [onlyThis(key, "ArnNotEquals")] }),
    "the same by text": () => bucket({ statements: (key) => [onlyThis(key, "StringNotEqualsIfExists")] }),
    "a bucket that lets requests pass which name nothing": () => bucket({ statements: ifNamed }),
    "the same where S3 itself refuses keys of the customer's own": () =>
      bucket({ isBlocked: true, statements: (key) => ifNamed(key).slice(0, -1) }),
    "more statements, the refusal not first": () =>
      bucket({
        statements: (key) => [
          { ...PUT, Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": false } } },
          { ...PUT, Action: ["s3:PutObject", "s3:GetObject"], Condition: { StringNotEquals: { [KEY_ID]: key } } },
        ],
      }),
  },
  rejects: {
    "a bucket without encryption of its own": [() => bucket({ isEncrypted: false }), DEFAULT],
    "a bucket that is encrypted with another key by default": [() => bucket({ isDefaultForeign: true }), DEFAULT],
    "a bucket that demands another tenant's key": [
      () => bucket({ keyTags: { [TAG.tenant]: "acme-corp" } }),
      DEFAULT,
      REFUSE,
    ],
    "a bucket that demands another key, and only mentions its own": [
      () => bucket({ statements: (key) => [onlyThis(pulumi.output(key).apply(() => FOREIGN))] }),
      REFUSE,
    ],
    "a bucket that takes one of two keys": [
      () =>
        bucket({
          statements: (key) => [{ ...PUT, Condition: { ArnNotEquals: { [KEY_ID]: [key, FOREIGN] } } }],
        }),
      REFUSE,
    ],
    "a bucket that refuses just the tenant's key": [
      () => bucket({ statements: (key) => [onlyThis(key, "ArnEquals")] }),
      REFUSE,
    ],
    "a bucket that refuses to read": [
      () => bucket({ statements: (key) => [{ ...onlyThis(key), Action: "s3:GetObject" }] }),
      REFUSE,
    ],
    "a bucket that allows instead": [
      () => bucket({ statements: (key) => [{ ...onlyThis(key), Effect: "Allow" }] }),
      REFUSE,
    ],
    "a bucket that refuses always": [() => bucket({ statements: () => [PUT] }), REFUSE],
    "a refusal for one role": [
      () =>
        bucket({ statements: (key) => [{ ...onlyThis(key), Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/a` } }] }),
      REFUSE,
    ],
    "a refusal below one prefix": [
      () => bucket({ statements: (key) => [{ ...onlyThis(key), Resource: "arn:aws:s3:::bucket/files/*" }] }),
      REFUSE,
    ],
    "a refusal under a second condition": [
      () =>
        bucket({
          statements: (key) => [
            { ...PUT, Condition: { ArnNotEquals: { [KEY_ID]: key }, StringEquals: { "aws:PrincipalAccount": "1" } } },
          ],
        }),
      REFUSE,
    ],
    "AES256 passes": [without(0, 2), REFUSE],
    "another key passes": [without(1), REFUSE],
    "the key that AWS manages passes": [without(2), REFUSE],
    "a key of the customer's own passes": [without(3), REFUSE],
  },
});
