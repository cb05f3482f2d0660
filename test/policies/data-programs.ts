import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import { policyOf } from "./programs.ts";

type Opts = pulumi.CustomResourceOptions;

/** Parameters of a database that speaks TLS only and logs no statement. */
export const PARAMETERS: Readonly<Record<string, string>> = {
  "rds.force_ssl": "1",
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** A key of the stack's tenant, or one with these tags. */
export function keyOf(opts: Opts, tags: Record<string, string> = {}): aws.kms.Key {
  return new aws.kms.Key("key", { tags }, opts);
}

/** What can be said of a database. */
export interface DatabaseArgs {
  readonly args?: Partial<aws.rds.ClusterArgs>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly key?: aws.kms.Key;
}

/** A database that keeps every rule, unless it is told otherwise. */
export function databaseOf(opts: Opts, { args, parameters = PARAMETERS, key = keyOf(opts) }: DatabaseArgs = {}) {
  const family = "aurora-postgresql17";
  const list = Object.entries(parameters).map(([name, value]) => ({ name, value }));
  const group = new aws.rds.ClusterParameterGroup("parameters", { family, parameters: list }, opts);
  return new aws.rds.Cluster(
    "database",
    {
      clusterIdentifier: "database",
      engine: "aurora-postgresql",
      storageEncrypted: true,
      kmsKeyId: key.arn,
      dbClusterParameterGroupName: group.name,
      iamDatabaseAuthenticationEnabled: true,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: key.arn,
      masterUsername: "administrator",
      enabledCloudwatchLogsExports: ["postgresql"],
      backupRetentionPeriod: 7,
      deletionProtection: true,
      finalSnapshotIdentifier: pulumi.interpolate`database-${group.name}`,
      tags: { [TAG.service]: "database" },
      ...args,
    },
    opts,
  );
}

/** A bucket without anything that it should have. */
export function bucketOf(opts: Opts, args: aws.s3.BucketArgs = {}): aws.s3.Bucket {
  return new aws.s3.Bucket("bucket", args, opts);
}

/** The policy of a bucket. */
export function bucketPolicyOf(
  bucket: aws.s3.Bucket,
  opts: Opts,
  ...statements: readonly unknown[]
): aws.s3.BucketPolicy {
  return new aws.s3.BucketPolicy("bucket", { bucket: bucket.bucket, policy: policyOf(...statements) }, opts);
}
