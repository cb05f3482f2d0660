import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { databaseOf } from "../../data-programs.ts";
import { roleFor, served } from "../../programs.ts";

/** What can be said of the backups of a database and a table. */
export interface Backups {
  /** Of the vault in the stack's region. */
  readonly lock?: Partial<aws.backup.VaultLockConfigurationArgs> | "none";
  /** Of the vault of the copies. */
  readonly copyLock?: Partial<aws.backup.VaultLockConfigurationArgs> | "none";
  readonly copyRegion?: string;
  readonly rule?: Partial<aws.types.input.backup.PlanRule>;
  readonly isCopied?: boolean;
  readonly copyDays?: number;
  /** What is backed up, of all that there is. */
  readonly selected?: readonly ("database" | "table")[];
  readonly stack?: string;
}

const BOUNDS = { minRetentionDays: 35, maxRetentionDays: 90 };

/** A database and a table of a tenant with backups as a tenant's must be, unless it is told otherwise. */
export function backups({
  lock,
  copyLock,
  copyRegion = "eu-central-1",
  rule = {},
  isCopied = true,
  copyDays = 35,
  selected = ["database", "table"],
}: Backups = {}): void {
  const opts = served();
  const stores = {
    database: databaseOf(opts).arn,
    table: new aws.dynamodb.Table("table", { hashKey: "key" }, opts).arn,
  };
  const vault = vaultOf("vault", undefined, lock, opts);
  const copies = vaultOf("copies", copyRegion, copyLock, opts);
  const copyActions = isCopied ? [{ destinationVaultArn: copies.arn, lifecycle: { deleteAfter: copyDays } }] : [];
  const daily = {
    ruleName: "daily",
    targetVaultName: vault.name,
    schedule: "cron(0 3 * * ? *)",
    lifecycle: { deleteAfter: 35 },
    copyActions,
  };
  const plan = new aws.backup.Plan("plan", { rules: [{ ...daily, ...rule }] }, opts);
  new aws.backup.Selection(
    "selection",
    {
      planId: plan.id,
      iamRoleArn: roleFor("backup", opts).arn,
      resources: selected.map((it) => stores[it]),
    },
    opts,
  );
}

function vaultOf(
  name: string,
  region: string | undefined,
  lock: Backups["lock"],
  opts: pulumi.CustomResourceOptions,
): aws.backup.Vault {
  const place = region === undefined ? {} : { region };
  const vault = new aws.backup.Vault(name, { name, ...place }, opts);
  if (lock !== "none")
    new aws.backup.VaultLockConfiguration(name, { backupVaultName: vault.name, ...place, ...BOUNDS, ...lock }, opts);
  return vault;
}
