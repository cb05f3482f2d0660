import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import type { Place } from "../place.ts";

/** Whose backups are kept where, under which key, and for how many days. */
export interface BackupVaultsArgs {
  readonly place: Place;
  /** Whose they are: a tenant's id, or the name of a service. */
  readonly owner: string;
  /** Copies are where it has its replica. */
  readonly key: DataKey;
  readonly days: { readonly least: number; readonly most: number };
}

/**
 * The vaults of one owner, in the owner's region and in the standby. They are locked in governance mode: no job shortens the life of a
 * backup, and none keeps it for longer (AWS Backup developer guide, "Vault lock").
 */
export class BackupVaults extends pulumi.ComponentResource {
  /** Name of the vault of the region, once it is locked. */
  readonly vaultName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** ARN of the vault of the copies, once it is locked. */
  readonly standbyArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: BackupVaultsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:backup:BackupVaults", name, {}, opts);
    const { place, owner, key } = args;
    const { standby } = key;
    const own = this.locked(name, { name: `alicerce-${owner}`, kmsKeyArn: key.arn }, args);
    const copies = standby && {
      name: `alicerce-${owner}-from-${place.region}`,
      kmsKeyArn: standby.arn,
      region: standby.region,
    };

    this.vaultName = own.name;
    this.arn = own.arn;
    this.standbyArn = copies ? this.locked(`${name}-standby`, copies, args).arn : undefined;
    this.registerOutputs({ vaultName: this.vaultName, arn: this.arn });
  }

  private locked(
    name: string,
    args: aws.backup.VaultArgs,
    { days }: BackupVaultsArgs,
  ): { readonly name: pulumi.Output<string>; readonly arn: pulumi.Output<string> } {
    const vault = new aws.backup.Vault(name, args, { parent: this, protect: true });
    const lock = new aws.backup.VaultLockConfiguration(
      name,
      {
        backupVaultName: vault.name,
        minRetentionDays: days.least,
        maxRetentionDays: days.most,
        ...(args.region !== undefined && { region: args.region }),
      },
      { parent: this },
    );
    const once = <T>(value: pulumi.Output<T>): pulumi.Output<T> =>
      pulumi.all([value, lock.backupVaultName]).apply(([it]) => it as T);
    return { name: once(vault.name), arn: once(vault.arn) };
  }
}
