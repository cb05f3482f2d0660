import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import type { TenantPool } from "./tenant-pool.ts";

/** Which machine, and what it may ask for. */
export interface MachineIdentityArgs {
  readonly pool: TenantPool;
  /** What it is, for who reads the secret's description. */
  readonly description: string;
  /** The scopes of the one gateway that it calls. */
  readonly scopes: pulumi.Output<string[]>;
  readonly key: DataKey;
}

/**
 * A system of the company that calls a gateway as itself: a client of its own at the tenant's pool, and the place of its secret, which a
 * rotation writes and no deployment ever sees (premises 4 and 8). Whoever runs the system reads the secret there.
 */
export class MachineIdentity extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  readonly clientSecret: aws.secretsmanager.Secret;

  constructor(
    name: string,
    { pool, description, scopes, key }: MachineIdentityArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("alicerce:identity:MachineIdentity", name, {}, opts);
    this.clientId = pool.machineClient(name, [scopes]).id;
    this.clientSecret = new aws.secretsmanager.Secret(
      name,
      { description: `Client secret of ${description}`, kmsKeyId: key.arn, recoveryWindowInDays: 7 },
      { parent: this },
    );
    this.registerOutputs({ clientId: this.clientId });
  }
}
