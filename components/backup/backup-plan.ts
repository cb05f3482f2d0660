import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grant, serviceRole, trustService } from "../identity/service-role.ts";
import { type BackedUp, backupGrants } from "./backup-grants.ts";
import { restoreTests } from "./restore-tests.ts";
import { BackupVaults, type BackupVaultsArgs } from "./backup-vaults.ts";

/** At three in the morning, UTC; the backups of Amazon RDS itself come at another hour. */
const DAILY = "cron(0 3 * * ? *)";

/** Whose data is backed up, where, for how long, and what it is. */
export interface BackupPlanArgs extends BackupVaultsArgs {
  readonly stores: BackedUp;
}

/** Backs up the stores of one owner every day, into locked vaults of the owner's region and of the standby (premise 5). */
export class BackupPlan extends pulumi.ComponentResource {
  constructor(name: string, args: BackupPlanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:backup:BackupPlan", name, {}, opts);
    const { place, owner, stores, days } = args;
    const vaults = new BackupVaults(name, args, { parent: this });
    const lifecycle = { deleteAfter: days.least };
    const copies = vaults.standbyArn === undefined ? [] : [{ destinationVaultArn: vaults.standbyArn, lifecycle }];
    const daily = {
      ruleName: "daily",
      targetVaultName: vaults.vaultName,
      schedule: DAILY,
      lifecycle,
      copyActions: copies,
    };
    const plan = new aws.backup.Plan(name, { name: `alicerce-${owner}`, rules: [daily] }, { parent: this });
    const trust = trustService("backup.amazonaws.com");
    const role = serviceRole(name, { place, description: `Backs up what ${owner} keeps`, trust }, { parent: this });
    const granted = grant(name, role, backupGrants(stores, { ...args, vaults }), { parent: this });
    new aws.backup.Selection(
      name,
      {
        name: "stores",
        planId: plan.id,
        iamRoleArn: role.arn,
        resources: [...stores.databases.map((it) => it.arn), ...stores.tables],
      },
      { parent: this, dependsOn: [granted] },
    );
    restoreTests(name, { ...args, vaultArn: vaults.arn }, { parent: this });
    this.registerOutputs({});
  }
}
