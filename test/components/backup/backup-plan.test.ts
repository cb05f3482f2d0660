import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { BackupPlan } from "../../../components/backup/backup-plan.ts";
import { TenantTable } from "../../../components/data/tenant-table.ts";
import { DataKey } from "../../../components/encryption/data-key.ts";
import { planned, statements, testBoundary } from "../planned.ts";
import { directoryEntryOf } from "../tenant-programs.ts";

const VAULT = "aws:backup/vault:Vault";
const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

const plan = (standby: string | undefined) =>
  planned((opts: pulumi.ComponentResourceOptions) => {
    const place = testBoundary(opts);
    const key = new DataKey("key", { place, description: "Tests", alias: "test", standby }, opts);
    const table = new TenantTable("table", { place, key, directory: directoryEntryOf("xyz-gmbh") }, opts);
    const stores = { databases: [], tables: [table.arn] };
    new BackupPlan("backups", { place, owner: "xyz-gmbh", key, days: { least: 35, most: 90 }, stores }, opts);
  });

describe("BackupPlan", () => {
  it("keeps each day's backup in a locked vault, and a copy in a locked vault of the standby under the replica of the key", async () => {
    const it = await plan("eu-central-1");
    expect(it.inputs(VAULT, "backups")).toMatchObject({ name: "alicerce-xyz-gmbh" });
    const copies = it.one(VAULT, "backups-standby");
    expect(copies.inputs).toMatchObject({ name: "alicerce-xyz-gmbh-from-eu-west-1", region: "eu-central-1" });
    expect(copies.inputs["kmsKeyArn"]).toBe(it.one("aws:kms/replicaKey:ReplicaKey", "key-standby").outputs?.["arn"]);
    for (const name of ["backups", "backups-standby"])
      expect(it.inputs(LOCK, name)).toMatchObject({ minRetentionDays: 35, maxRetentionDays: 90 });
    expect(it.inputs("aws:backup/plan:Plan", "backups")["rules"]).toEqual([
      expect.objectContaining({
        targetVaultName: "alicerce-xyz-gmbh",
        lifecycle: { deleteAfter: 35 },
        copyActions: [{ destinationVaultArn: copies.outputs?.["arn"], lifecycle: { deleteAfter: 35 } }],
      }),
    ]);
  });

  it("copies nothing where the residency has one region", async () => {
    const it = await plan(undefined);
    expect(it.names(VAULT)).toEqual(["backups"]);
    const granted = statements(it.inputs("aws:iam/rolePolicy:RolePolicy", "backups")["policy"]);
    expect(granted.flatMap((one) => one["Action"] as string[])).not.toContain("backup:CopyFromBackupVault");
  });

  it("lets AWS Backup read its stores and nothing else, and delete none of the databases' snapshots", async () => {
    const it = await plan("eu-central-1");
    const table = it.one("aws:dynamodb/table:Table", "table").outputs?.["arn"] as string;
    const granted = statements(it.inputs("aws:iam/rolePolicy:RolePolicy", "backups")["policy"]);
    const on = (action: string): unknown =>
      granted.find((one) => (one["Action"] as string[]).includes(action))?.["Resource"];
    expect(on("dynamodb:StartAwsBackupJob")).toEqual([table]);
    expect(on("dynamodb:DeleteBackup")).toEqual([`${table}/backup/*`]);
    expect(on("rds:CreateDBClusterSnapshot")).toBeUndefined();
    const [selection] = it.names("aws:backup/selection:Selection");
    expect(it.inputs("aws:backup/selection:Selection", selection ?? "")["resources"]).toEqual([table]);
  });

  it("restores each store once a month under its key, as a role that writes to copies alone, and keeps none", async () => {
    const it = await plan("eu-central-1");
    const [table, vault] = [it.one("aws:dynamodb/table:Table", "table"), it.one(VAULT, "backups")];
    expect(it.inputs("aws:backup/restoreTestingPlan:RestoreTestingPlan", "backups-restore")).toMatchObject({
      name: "alicerce_xyz_gmbh",
      scheduleExpression: "cron(0 6 1 * ? *)",
      recoveryPointSelection: { includeVaults: [vault.outputs?.["arn"]], recoveryPointTypes: ["SNAPSHOT"] },
    });
    const selected = it.inputs("aws:backup/restoreTestingSelection:RestoreTestingSelection", "backups-restore-tables");
    expect(selected).toMatchObject({
      protectedResourceType: "DynamoDB",
      protectedResourceArns: [table.outputs?.["arn"]],
      restoreMetadataOverrides: {
        encryptionType: "KMS",
        kmsMasterKeyArn: it.one("aws:kms/key:Key", "key").outputs?.["arn"],
      },
      validationWindowHours: 1,
    });
    const granted = statements(it.inputs("aws:iam/rolePolicy:RolePolicy", "backups-restore")["policy"]);
    const onTables = granted.filter((one) =>
      (one["Action"] as string[]).some((action) => action.startsWith("dynamodb:")),
    );
    expect(onTables.map((one) => one["Resource"])).toEqual([
      "arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-*",
    ]);
  });
});
