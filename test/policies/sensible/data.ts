import * as aws from "@pulumi/aws";
import { set, statementsIn } from "../proofs/edits.ts";
import { REPLICA, type SensibleChange, STANDBY, TENANT } from "./sensible-change.ts";

const KEY = ["aws:kms/key:Key", "key", "arn"] as const;
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const CLUSTER = "aws:rds/cluster:Cluster";

const decidedByIam = statementsIn("policy", (all) =>
  all.map((it) => (it["Sid"] === "AccountDecides" ? { ...it, Action: "kms:*" } : it)),
);

/** What is done to the stores of a tenant. */
export const DATA: Readonly<Record<string, SensibleChange>> = {
  "a table has another index": {
    stack: "tenant",
    edits: [
      {
        type: "aws:dynamodb/table:Table",
        name: "table",
        change: (it) => {
          it["attributes"] = [
            { name: "key", type: "S" },
            { name: "day", type: "S" },
          ];
          it["globalSecondaryIndexes"] = [{ name: "by-day", hashKey: "day", projectionType: "ALL" }];
        },
      },
    ],
  },
  "a key and its replica have the policy that AWS gives to keys by default": {
    stack: "tenant",
    edits: [
      { type: "aws:kms/key:Key", name: "key", change: decidedByIam },
      { type: "aws:kms/replicaKey:ReplicaKey", name: "key-standby", change: decidedByIam },
    ],
  },
  "a table is copied to the other region of the residency": {
    stack: "tenant",
    adds: (it) =>
      new aws.dynamodb.TableReplica(
        "standby",
        {
          globalTableArn: it.value("aws:dynamodb/table:Table", "table", "arn"),
          kmsKeyArn: it.value(...REPLICA),
          region: STANDBY,
          deletionProtectionEnabled: true,
          pointInTimeRecovery: true,
        },
        it.aws,
      ),
  },
  "old versions of files move to colder storage": {
    stack: "tenant",
    edits: [
      {
        type: LIFECYCLE,
        name: "bucket",
        change: set(
          ["rules", "0", "noncurrentVersionTransitions"],
          [{ noncurrentDays: 30, storageClass: "STANDARD_IA" }],
        ),
      },
    ],
  },
  "files that are replaced are kept for a year": {
    stack: "tenant",
    edits: [
      {
        type: LIFECYCLE,
        name: "bucket",
        change: set(["rules", "0", "noncurrentVersionExpiration", "noncurrentDays"], 365),
      },
    ],
  },
  "a key rotates every 90 days": {
    stack: "tenant",
    edits: [{ type: "aws:kms/key:Key", name: "key", change: set(["rotationPeriodInDays"], 90) }],
  },
  "a key has a second alias": {
    stack: "tenant",
    adds: (it) =>
      new aws.kms.Alias(
        "data",
        { name: `alias/alicerce/tenant/${TENANT}/data`, targetKeyId: it.value("aws:kms/key:Key", "key", "keyId") },
        it.aws,
      ),
  },
  "a database may grow larger": {
    stack: "tenant",
    edits: [{ type: CLUSTER, name: "database", change: set(["serverlessv2ScalingConfiguration", "maxCapacity"], 32) }],
  },
  "a database never pauses": {
    stack: "tenant",
    edits: [
      {
        type: CLUSTER,
        name: "database",
        change: set(["serverlessv2ScalingConfiguration"], { minCapacity: 0.5, maxCapacity: 8 }),
      },
    ],
  },
  "a database has a third instance": {
    stack: "tenant",
    adds: (it) =>
      new aws.rds.ClusterInstance(
        "database-c",
        {
          autoMinorVersionUpgrade: false,
          caCertIdentifier: "rds-ca-rsa2048-g1",
          clusterIdentifier: it.value(CLUSTER, "database", "clusterIdentifier"),
          copyTagsToSnapshot: true,
          engine: "aurora-postgresql",
          engineVersion: "17.5",
          instanceClass: "db.serverless",
          promotionTier: 2,
          publiclyAccessible: false,
        },
        it.aws,
      ),
  },
  "an API behind a server has another secret": {
    stack: "tenant",
    adds: (it) =>
      new aws.secretsmanager.Secret(
        "api-invoices",
        {
          kmsKeyId: it.value(...KEY),
          replicas: [{ region: STANDBY, kmsKeyId: it.value(...REPLICA) }],
          recoveryWindowInDays: 30,
          description: "The key of the invoices API",
        },
        it.aws,
      ),
  },
  "stores are backed up every day, with a copy in the other region of the residency": {
    stack: "tenant",
    adds: (it) => {
      const vault = new aws.backup.Vault("daily", { name: `${TENANT}-daily`, kmsKeyArn: it.value(...KEY) }, it.aws);
      const copies = new aws.backup.Vault(
        "copies",
        {
          name: `${TENANT}-copies`,
          region: STANDBY,
          kmsKeyArn: it.value(...REPLICA),
        },
        it.aws,
      );
      const days = { minRetentionDays: 35, maxRetentionDays: 90 };
      new aws.backup.VaultLockConfiguration("daily", { backupVaultName: vault.name, ...days }, it.aws);
      const elsewhere = { backupVaultName: copies.name, region: STANDBY, ...days };
      new aws.backup.VaultLockConfiguration("copies", elsewhere, it.aws);
      new aws.backup.Plan(
        "daily",
        {
          name: `${TENANT}-daily`,
          rules: [
            {
              ruleName: "daily",
              targetVaultName: vault.name,
              schedule: "cron(0 3 * * ? *)",
              lifecycle: { deleteAfter: 35 },
              copyActions: [
                {
                  destinationVaultArn: copies.arn,
                  lifecycle: { deleteAfter: 35 },
                },
              ],
            },
          ],
        },
        it.aws,
      );
    },
  },
};
