import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import { backupServices, grantToServices } from "../encryption/key-grants.ts";
import type { Statement } from "../identity/policy-document.ts";
import type { Place } from "../place.ts";
import type { BackupVaults } from "./backup-vaults.ts";

/** A database, and where in the network it is restored: beside the original. */
export interface BackedUpDatabase {
  readonly arn: pulumi.Input<string>;
  readonly subnetGroupName: pulumi.Input<string>;
  readonly groupId: pulumi.Input<string>;
}

/** What is backed up: databases and tables by their ARNs. */
export interface BackedUp {
  readonly databases: readonly BackedUpDatabase[];
  readonly tables: readonly pulumi.Input<string>[];
}

/** Where backups and their copies are. */
export interface BackupPlaces {
  readonly place: Place;
  readonly key: DataKey;
  readonly vaults: BackupVaults;
}

/**
 * What AWS Backup does with a role: the actions of `AWSBackupServiceRolePolicyForBackup` for these stores, on them and on their backups
 * alone. It deletes with a role of its own.
 */
export function backupGrants({ databases, tables }: BackedUp, places: BackupPlaces): readonly Statement[] {
  return [
    ...(tables.length === 0 ? [] : ofTables(tables)),
    ...(databases.length === 0
      ? []
      : ofDatabases(
          databases.map((it) => it.arn),
          places,
        )),
    ...ofVaults(places),
    ...ofKeys(places),
    { Effect: "Allow", Action: ["tag:GetResources"], Resource: "*" },
  ];
}

function ofTables(tables: BackedUp["tables"]): readonly Statement[] {
  const actions = ["CreateBackup", "DescribeTable", "ListTagsOfResource", "StartAwsBackupJob"];
  const backups = tables.map((it) => pulumi.interpolate`${it}/backup/*`);
  return [
    { Effect: "Allow", Action: actions.map((it) => `dynamodb:${it}`), Resource: tables },
    { Effect: "Allow", Action: ["dynamodb:DeleteBackup", "dynamodb:DescribeBackup"], Resource: backups },
  ];
}

function ofDatabases(databases: readonly pulumi.Input<string>[], places: BackupPlaces): readonly Statement[] {
  const snapshots = regionsOf(places).map(
    (it) => `arn:aws:rds:${it}:${places.place.account}:cluster-snapshot:awsbackup:*`,
  );
  const actions = [
    "AddTagsToResource",
    "CopyDBClusterSnapshot",
    "CreateDBClusterSnapshot",
    "DescribeDBClusterSnapshots",
    "DescribeDBClusters",
    "ListTagsForResource",
  ];
  return [{ Effect: "Allow", Action: actions.map((it) => `rds:${it}`), Resource: [...databases, ...snapshots] }];
}

function ofVaults({ place, vaults }: BackupPlaces): readonly Statement[] {
  const arns = [vaults.arn, ...(vaults.standbyArn === undefined ? [] : [vaults.standbyArn])];
  const [, ...copies] = arns;
  const { region, account } = place;
  const points = [
    `arn:aws:backup:${region}:${account}:recovery-point:*`,
    `arn:aws:rds:${region}:${account}:cluster-snapshot:awsbackup:*`,
  ];
  const copying: Statement = {
    Effect: "Allow",
    Action: ["backup:CopyFromBackupVault"],
    Resource: points,
    Condition: { "ForAllValues:ArnEquals": { "backup:CopyTargets": copies } },
  };
  return [
    { Effect: "Allow", Action: ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"], Resource: arns },
    ...(copies.length === 0 ? [] : [copying]),
  ];
}

function ofKeys(places: BackupPlaces): readonly Statement[] {
  const { arn, standby } = places.key;
  const keys = [arn, ...(standby === undefined ? [] : [standby.arn])];
  const via = backupServices(regionsOf(places));
  return [
    { Effect: "Allow", Action: ["kms:DescribeKey"], Resource: keys },
    {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keys,
      Condition: { StringEquals: { "kms:ViaService": via } },
    },
    grantToServices(keys, via),
  ];
}

function regionsOf({ place, key: { standby } }: BackupPlaces): readonly string[] {
  return [place.region, ...(standby === undefined ? [] : [standby.region])];
}
