import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { createGrant } from "./key-grants.ts";
import { keyPolicy } from "./key-policy.ts";

/** What a key is for, and where it and its replica are. */
export interface DataKeyArgs {
  readonly place: Place;
  /** Whose data it protects, in a few words. */
  readonly description: string;
  /** Name of its alias, after `alias/`. */
  readonly alias: string;
  /** The region of the same residency that holds the replica; without it the key cannot leave its region. */
  readonly standby?: string | undefined;
  /** What else its policy allows: services that are not of one owner alone. */
  readonly services?: readonly Statement[];
}

/** The one key that encrypts what one owner keeps in one region (premise 5). */
export class DataKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** Where its replica is; absent for a key that cannot leave its region. */
  readonly standby: { readonly region: string; readonly arn: pulumi.Output<string> } | undefined;

  constructor(
    name: string,
    { place, description, alias, standby, services }: DataKeyArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    super("alicerce:encryption:DataKey", name, {}, opts);

    const key = new aws.kms.Key(
      name,
      {
        description,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        multiRegion: standby !== undefined,
        policy: keyPolicy(place, services),
      },
      { parent: this, protect: true },
    );
    new aws.kms.Alias(name, { name: `alias/${alias}`, targetKeyId: key.keyId }, { parent: this });
    this.standby =
      standby === undefined
        ? undefined
        : {
            region: standby,
            arn: this.replica(`${name}-standby`, key, {
              description,
              region: standby,
              policy: keyPolicy({ ...place, region: standby }, services),
            }),
          };
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }

  /** Lets `role` read what is encrypted under this key. */
  grantDecrypt(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    return grant(name, role, [{ Effect: "Allow", Action: ["kms:Decrypt"], Resource: this.arn }], { parent: this });
  }

  /** Lets `role` read and write data under this key. */
  grantUse(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    return grant(name, role, [this.use()], { parent: this });
  }

  /**
   * Lets `role` keep secrets of its own under this key (envelope encryption): make them and read them, in an encryption context that
   * names the tenant, and in no other way.
   */
  grantSecrets(name: string, role: aws.iam.Role, tenant: string): aws.iam.RolePolicy {
    const statement = {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: this.arn,
      Condition: { StringEquals: { "kms:EncryptionContext:tenant": tenant } },
    } as const;
    return grant(name, role, [statement], { parent: this });
  }

  /** Lets the role of a service read and write data under this key, and let the service itself do so, in an encryption context. */
  grantService(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    return grant(name, role, [this.use(), createGrant(this.arn)], { parent: this });
  }

  private replica(
    name: string,
    key: aws.kms.Key,
    args: Omit<aws.kms.ReplicaKeyArgs, "primaryKeyArn">,
  ): pulumi.Output<string> {
    return new aws.kms.ReplicaKey(
      name,
      { ...args, primaryKeyArn: key.arn, deletionWindowInDays: 30 },
      { parent: this, protect: true },
    ).arn;
  }

  private use(): Statement {
    return { Effect: "Allow", Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"], Resource: this.arn };
  }
}
