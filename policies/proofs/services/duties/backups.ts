import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { parseArn } from "../../../facts/arn.ts";
import { roleOf } from "../../../facts/reach/host.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { callsOf, type Duty } from "./duty.ts";

const SELECTION = "aws:backup/selection:Selection";
const PLAN = "aws:backup/plan:Plan";
const VAULT = "aws:backup/vault:Vault";

/** What AWS Backup does with a table, as `AWSBackupServiceRolePolicyForBackup` of AWS has it. */
const ON_TABLE = [
  "dynamodb:CreateBackup",
  "dynamodb:DescribeTable",
  "dynamodb:ListTagsOfResource",
  "dynamodb:StartAwsBackupJob",
];
const ON_TABLE_BACKUP = ["dynamodb:DeleteBackup", "dynamodb:DescribeBackup"];

/** What it does with a cluster of Aurora, and with a snapshot of it, by the same policy. */
const ON_CLUSTER = ["rds:CreateDBClusterSnapshot", "rds:DescribeDBClusters", "rds:ListTagsForResource"];
const ON_SNAPSHOT = [
  "rds:AddTagsToResource",
  "rds:CopyDBClusterSnapshot",
  "rds:CreateDBClusterSnapshot",
  "rds:DescribeDBClusterSnapshots",
];

/** AWS Backup makes backups, and copies them, as the role of the selection (AWS Backup developer guide, "Managed policies"). */
export function backupDuties(platform: Platform): readonly Duty[] {
  return platform.ofType(SELECTION).flatMap((it): readonly Duty[] => {
    const role = roleOf(platform, it.resource.text("iamRoleArn"));
    if (role === undefined) return [];
    const calls = [
      ...it.resource.texts("resources").flatMap((arn) => callsForStore(platform, it, arn)),
      ...vaultsOf(platform, it).flatMap((vault) => callsForVault(vault)),
      { action: "tag:GetResources", resource: "*" },
    ];
    return [{ role, calls, why: `AWS Backup backs up what "${it.resource.name}" selects` }];
  });
}

/** What AWS Backup does with the copy of a table, as `AWSBackupServiceRolePolicyForRestores` of AWS has it. */
const ON_COPY = ["BatchWriteItem", "DescribeTable", "GetItem", "PutItem", "Query", "RestoreTableFromAwsBackup"];
const ON_RESTORED_CLUSTER = ["rds:AddTagsToResource", "rds:DescribeDBClusters", "rds:RestoreDBClusterFromSnapshot"];

/** It restores into copies, which it names itself, as the role of the selection (AWS Backup, "Restore testing inferred metadata"). */
export function restoreDuties(platform: Platform): readonly Duty[] {
  return platform
    .ofType("aws:backup/restoreTestingSelection:RestoreTestingSelection")
    .flatMap((it): readonly Duty[] => {
      const role = roleOf(platform, it.resource.text("iamRoleArn"));
      if (role === undefined) return [];
      const calls = it.resource.texts("protectedResourceArns").flatMap(callsForCopy);
      return [{ role, calls, why: `AWS Backup restores what "${it.resource.name}" selects` }];
    });
}

function callsForCopy(arn: string): readonly Call[] {
  const { service, region, account } = parseArn(arn) ?? { service: "", region: "", account: "" };
  const at = `arn:aws:${service}:${region}:${account}`;
  const name = "awsbackup-restore-test-x";
  if (service === "dynamodb")
    return callsOf(
      ON_COPY.map((it) => `dynamodb:${it}`),
      [`${at}:table/${name}`],
    );
  return service === "rds" ? callsOf(ON_RESTORED_CLUSTER, [`${at}:cluster:${name}`]) : [];
}

function callsForStore(platform: Platform, selection: Placed, arn: string): readonly Call[] {
  const { service, region, account } = parseArn(arn) ?? { service: "", region: "", account: "" };
  const copies = copyVaults(platform, selection).map((it) => outputOf(it.resource, "arn"));
  if (service === "dynamodb") {
    const point = `arn:aws:backup:${region}:${account}:recovery-point:x`;
    return [...callsOf(ON_TABLE, [arn]), ...callsOf(ON_TABLE_BACKUP, [`${arn}/backup/x`]), ...copying(point, copies)];
  }
  if (service !== "rds") return [];
  const snapshotIn = (of: string): string => `arn:aws:rds:${of}:${account}:cluster-snapshot:awsbackup:x`;
  const regions = [region, ...copies.map((it) => parseArn(it)?.region ?? "")];
  return [
    ...callsOf(ON_CLUSTER, [arn]),
    ...callsOf(ON_SNAPSHOT, regions.map(snapshotIn)),
    ...copying(snapshotIn(region), copies),
  ];
}

/** A recovery point is copied to one vault at a time. */
function copying(point: string, vaults: readonly string[]): readonly Call[] {
  return vaults.flatMap((it) => callsOf(["backup:CopyFromBackupVault"], [point], { "backup:copytargets": it }));
}

/** What is put into a vault, and what its key is used for: by AWS Backup itself, in the region of the vault. */
function callsForVault({ resource: it }: Placed): readonly Call[] {
  const key = it.text("kmsKeyArn");
  const via = { "kms:viaservice": `backup.${it.region ?? ""}.amazonaws.com` };
  const ofVault = callsOf(["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"], [outputOf(it, "arn")]);
  if (key === undefined) return ofVault;
  return [
    ...ofVault,
    ...callsOf(["kms:DescribeKey"], [key]),
    ...callsOf(["kms:Decrypt", "kms:GenerateDataKey"], [key], via),
    ...callsOf(["kms:CreateGrant"], [key], { ...via, "kms:grantisforawsresource": "true" }),
  ];
}

function vaultsOf(platform: Platform, selection: Placed): readonly Placed[] {
  const names = rulesOf(platform, selection).flatMap((it) => it.text("targetVaultName") ?? []);
  const own = platform
    .ofType(VAULT)
    .filter(({ resource, stack }) => stack === selection.stack && names.includes(resource.text("name") ?? ""));
  return [...own, ...copyVaults(platform, selection)];
}

function copyVaults(platform: Platform, selection: Placed): readonly Placed[] {
  return rulesOf(platform, selection)
    .flatMap((it) => it.list("copyActions"))
    .flatMap((it) => platform.ofArn(it.text("destinationVaultArn") ?? "") ?? [])
    .filter(({ resource }) => resource.type === VAULT);
}

function rulesOf(platform: Platform, { resource, stack }: Placed) {
  const plan = platform
    .ofType(PLAN)
    .find((it) => it.stack === stack && outputOf(it.resource, "id") === resource.text("planId"));
  return plan?.resource.list("rules") ?? [];
}
