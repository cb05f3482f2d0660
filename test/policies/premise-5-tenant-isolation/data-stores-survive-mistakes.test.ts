import * as aws from "@pulumi/aws";
import { dataStoresSurviveMistakes } from "../../../policies/premise-5-tenant-isolation/data-stores-survive-mistakes.ts";
import { testRule } from "../../support/rule-tester.ts";
import { bucketOf, databaseOf } from "../data-programs.ts";
import { planOf, served, urnOf } from "../programs.ts";
import type { Plan } from "../../../plan/model.ts";

function bucket(args: aws.s3.BucketArgs = {}, status?: string): void {
  const opts = served();
  const { bucket: name } = bucketOf(opts, args);
  if (status === undefined) return;
  new aws.s3.BucketVersioning("versioning", { bucket: name, versioningConfiguration: { status } }, opts);
}

/** A bucket with versions, and what happens to its objects by themselves. */
function lifecycle(rule: Partial<aws.types.input.s3.BucketLifecycleConfigurationRule>): void {
  const opts = served();
  const { bucket: name } = bucketOf(opts);
  new aws.s3.BucketVersioning("versioning", { bucket: name, versioningConfiguration: { status: "Enabled" } }, opts);
  const rules = [{ id: "old", status: "Enabled", ...rule }];
  new aws.s3.BucketLifecycleConfiguration("lifecycle", { bucket: name, rules }, opts);
}

const database = (args: Partial<aws.rds.ClusterArgs> = {}) => databaseOf(served(), { args });

/** An instance whose last snapshot is named after its group of parameters. */
function instance(inputs: Record<string, unknown> = {}): Plan {
  const group = "aws:rds/parameterGroup:ParameterGroup";
  const safe = { deletionProtection: true, backupRetentionPeriod: 7, finalSnapshotIdentifier: "database-own" };
  return planOf(
    { type: group, name: "own", outputs: { name: "own" } },
    {
      type: "aws:rds/instance:Instance",
      name: "database",
      inputs: { ...safe, ...inputs },
      propertyDependencies: { finalSnapshotIdentifier: [urnOf(group, "own")] },
    },
  );
}

const SAFE = { deletionProtectionEnabled: true, pointInTimeRecovery: { enabled: true } };
const table = (args: aws.dynamodb.TableArgs) => new aws.dynamodb.Table("table", { hashKey: "key", ...args }, served());

const pool = (deletionProtection?: string) =>
  new aws.cognito.UserPool("pool", deletionProtection === undefined ? {} : { deletionProtection }, served());

const VERSIONS = '"bucket" must keep versions.';
const KEPT = '"database" must be protected from deletion, and leave a snapshot behind.';
const POOL = '"pool" must be protected from deletion.';
const BACKUPS = '"database" must keep backups for 7 days.';

testRule(dataStoresSurviveMistakes, {
  accepts: {
    "a bucket with versions": () => bucket({}, "Enabled"),
    "a bucket whose replaced versions expire": () => lifecycle({ noncurrentVersionExpiration: { noncurrentDays: 90 } }),
    "a database with backups": () => database(),
    "an instance with backups": instance(),
    "a table that can be restored": () => table(SAFE),
    "clients that nobody can delete by mistake": () => pool("ACTIVE"),
  },
  rejects: {
    "a bucket without versions": [() => bucket(), VERSIONS],
    "a bucket whose versions are suspended": [() => bucket({}, "Suspended"), VERSIONS],
    "a bucket that goes with what is in it": [
      () => bucket({ forceDestroy: true }, "Enabled"),
      '"bucket" must not be destroyed with what is in it.',
    ],
    "a bucket whose objects expire": [
      () => lifecycle({ expiration: { days: 400 } }),
      '"lifecycle" must let nothing expire that is current.',
    ],
    "a database that may be deleted": [() => database({ deletionProtection: false }), KEPT],
    "a database that says nothing of it": [() => database({ deletionProtection: undefined }), KEPT],
    "a database that leaves nothing behind": [() => database({ skipFinalSnapshot: true }), KEPT],
    "a database whose last snapshot always has the same name": [
      () => database({ finalSnapshotIdentifier: "database-final" }),
      '"database" must name its last snapshot after what is created with it, to be erased twice.',
    ],
    "a database with backups of a day": [() => database({ backupRetentionPeriod: 1 }), BACKUPS],
    "a database with the backups that AWS gives": [() => database({ backupRetentionPeriod: undefined }), BACKUPS],
    "an instance that may be deleted": [instance({ deletionProtection: false }), KEPT],
    "an instance that leaves nothing behind": [instance({ skipFinalSnapshot: true }), KEPT],
    "an instance without backups": [instance({ backupRetentionPeriod: 0 }), BACKUPS],
    "clients that may be deleted": [() => pool("INACTIVE"), POOL],
    "clients of which nothing is said": [() => pool(), POOL],
    "a table that may be deleted": [
      () => table({ ...SAFE, deletionProtectionEnabled: false }),
      '"table" must be protected from deletion.',
    ],
    "a table that cannot be restored": [
      () => table({ deletionProtectionEnabled: true }),
      '"table" must be restorable to any moment.',
    ],
  },
});
