import * as aws from "@pulumi/aws";
import { TAG } from "../../../contracts/tags.ts";
import { tenantDataUsesTenantKey } from "../../../policies/premise-5-tenant-isolation/tenant-data-uses-tenant-key.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, databaseOf, keyOf } from "../data-programs.ts";
import { served } from "../programs.ts";

const OTHER = { [TAG.tenant]: "acme-corp" };

/** Logs of the stack's tenant, under a key with these tags; or under none. */
function logs(keyTags?: Record<string, string>, own: { tags?: Record<string, string> } = {}): void {
  const opts = served();
  const key = keyTags === undefined ? undefined : new aws.kms.Key("key", { tags: keyTags }, opts);
  new aws.cloudwatch.LogGroup("logs", { ...own, ...(key !== undefined && { kmsKeyId: key.arn }) }, opts);
}

const STORAGE = '"database" must encrypt its storage.';
const MESSAGE = '"logs" must be encrypted with the key of tenant "xyz-gmbh".';

testRule(tenantDataUsesTenantKey, {
  accepts: {
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
