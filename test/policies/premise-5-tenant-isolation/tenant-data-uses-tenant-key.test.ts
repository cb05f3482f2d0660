import * as aws from "@pulumi/aws";
import { TAG } from "../../../contracts/tags.ts";
import { tenantDataUsesTenantKey } from "../../../policies/premise-5-tenant-isolation/tenant-data-uses-tenant-key.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, databaseOf, keyOf } from "../data-programs.ts";
import type { Plan } from "../../../plan/model.ts";
import { planOf, served, TENANT, urnOf } from "../programs.ts";

const OTHER = { [TAG.tenant]: "acme-corp" };

/** Logs of the stack's tenant, under a key with these tags; or under none. */
function logs(keyTags?: Record<string, string>, own: { tags?: Record<string, string> } = {}): void {
  const opts = served();
  const key = keyTags === undefined ? undefined : new aws.kms.Key("key", { tags: keyTags }, opts);
  new aws.cloudwatch.LogGroup("logs", { ...own, ...(key !== undefined && { kmsKeyId: key.arn }) }, opts);
}

const STORAGE = '"database" must encrypt its storage.';
const MESSAGE = '"logs" must be encrypted with the key of tenant "xyz-gmbh".';

/** A store of a type, as data, beside the tenant's key. */
function store(type: string, inputs: Record<string, unknown>, input = Object.keys(inputs)[0] ?? ""): Plan {
  const key = {
    type: "aws:kms/key:Key",
    name: "key",
    inputs: { tags: { [TAG.tenant]: TENANT } },
    outputs: { arn: KEY },
  };
  const propertyDependencies = { [input]: [urnOf(key.type, key.name)] };
  return planOf(key, { type, name: "store", inputs, propertyDependencies });
}

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a";
const FOREIGN = "arn:aws:kms:eu-west-1:444455556666:key/0a";
const STORE = '"store" must be encrypted with the key of tenant "xyz-gmbh".';
const OFF = '"store" must encrypt its storage.';

/** How each kind of store names the tenant's key, and what of it switches encryption off. */
const STORES: Readonly<Record<string, readonly [named: Record<string, unknown>, off: Record<string, unknown>]>> = {
  "aws:ebs/volume:Volume": [
    { kmsKeyId: KEY, encrypted: true },
    { kmsKeyId: KEY, encrypted: false },
  ],
  "aws:efs/fileSystem:FileSystem": [{ kmsKeyId: KEY, encrypted: true }, { kmsKeyId: KEY }],
  "aws:kinesis/stream:Stream": [
    { kmsKeyId: KEY, encryptionType: "KMS" },
    { kmsKeyId: KEY, encryptionType: "NONE" },
  ],
  "aws:opensearch/domain:Domain": [
    { encryptAtRest: { enabled: true, kmsKeyId: KEY } },
    { encryptAtRest: { enabled: false, kmsKeyId: KEY } },
  ],
  "aws:rds/instance:Instance": [
    { kmsKeyId: KEY, storageEncrypted: true },
    { kmsKeyId: KEY, storageEncrypted: false },
  ],
  "aws:ssm/parameter:Parameter": [
    { keyId: KEY, type: "SecureString" },
    { keyId: KEY, type: "String" },
  ],
  "aws:dynamodb/table:Table": [
    { serverSideEncryption: { enabled: true, kmsKeyArn: KEY } },
    { serverSideEncryption: { enabled: false, kmsKeyArn: KEY } },
  ],
  "aws:redshift/cluster:Cluster": [{ kmsKeyId: KEY, encrypted: true }, { kmsKeyId: KEY }],
};

const TYPES = Object.entries(STORES);

testRule(tenantDataUsesTenantKey, {
  accepts: {
    ...Object.fromEntries(TYPES.map(([type, [named]]) => [`${type} under the tenant's key`, store(type, named)])),
    "a queue under the tenant's key, by its id": planOf(
      {
        type: "aws:kms/key:Key",
        name: "key",
        inputs: { tags: { [TAG.tenant]: TENANT } },
        outputs: { arn: KEY, keyId: "0a" },
      },
      { type: "aws:sqs/queue:Queue", name: "queue", inputs: { kmsMasterKeyId: "0a" } },
    ),
    "logs under their own tenant's key": () => logs({}),
    "a secret under its own tenant's key": () => {
      const opts = served();
      new aws.secretsmanager.Secret("secret", { kmsKeyId: new aws.kms.Key("key", {}, opts).arn }, opts);
    },
    "a table, a database and a bucket under their own tenant's key": () => {
      const opts = served();
      const key = keyOf(opts);
      databaseOf(opts, { key });
      const serverSideEncryption = { enabled: true, kmsKeyArn: key.arn };
      new aws.dynamodb.Table("table", { hashKey: "key", serverSideEncryption }, opts);
      const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } }];
      const { bucket } = bucketOf(opts);
      new aws.s3.BucketServerSideEncryptionConfiguration("encryption", { bucket, rules }, opts);
    },
  },
  rejects: {
    ...Object.fromEntries(TYPES.map(([type, [, off]]) => [`${type} that is not encrypted`, [store(type, off), OFF]])),
    ...Object.fromEntries(
      TYPES.map(([type, [named]]) => {
        const text = JSON.stringify(named).replaceAll(KEY, FOREIGN);
        return [
          `${type} under a key from elsewhere`,
          [store(type, JSON.parse(text) as Record<string, unknown>), STORE],
        ];
      }),
    ),
    "a bucket under a key of Amazon S3": [
      () => {
        const opts = served();
        const kmsMasterKeyId = keyOf(opts).arn;
        const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId } }];
        const { bucket } = bucketOf(opts);
        new aws.s3.BucketServerSideEncryptionConfiguration("store", { bucket, rules }, opts);
      },
      OFF,
    ],
    "a table under the key that AWS gives": [
      () => new aws.dynamodb.Table("table", { hashKey: "key", serverSideEncryption: { enabled: true } }, served()),
      '"table" must be encrypted with the key of tenant "xyz-gmbh".',
    ],
    "a database under another tenant's key": [
      () => {
        const opts = served();
        databaseOf(opts, { key: keyOf(opts, OTHER) });
      },
      '"database" must be encrypted with the key of tenant "xyz-gmbh".',
    ],
    "a database that is not encrypted": [() => databaseOf(served(), { args: { storageEncrypted: false } }), STORAGE],
    "a database that does not say so": [() => databaseOf(served(), { args: { storageEncrypted: undefined } }), STORAGE],
    "logs under another tenant's key": [() => logs(OTHER), MESSAGE],
    "logs without a key": [() => logs(), MESSAGE],
    "logs under a key from elsewhere": [
      () =>
        new aws.cloudwatch.LogGroup(
          "logs",
          { kmsKeyId: "arn:aws:kms:eu-west-1:444455556666:key/00000000-0000-0000-0000-000000000000" },
          served(),
        ),
      MESSAGE,
    ],
    "logs under a key that is nobody's": [
      () => {
        const key = new aws.kms.Key("key", {}, served({ name: "bare", tags: {} }));
        new aws.cloudwatch.LogGroup("logs", { kmsKeyId: key.arn }, served());
      },
      MESSAGE,
    ],
  },
});

testRule(
  tenantDataUsesTenantKey,
  {
    accepts: { "logs of a tenant in the region's stack, under that tenant's key": () => logs(OTHER, { tags: OTHER }) },
    rejects: {
      "logs of a tenant in the region's stack, under another's key": [
        () => logs({}, { tags: OTHER }),
        '"logs" must be encrypted with the key of tenant "acme-corp".',
      ],
    },
  },
  { stack: "production.eu-west-1" },
);
