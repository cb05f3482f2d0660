import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import { underKey } from "./copied-secret.ts";
import { keyUse } from "./key-use.ts";

/** Whose credentials they are, and of which APIs. */
export interface ApiCredentialsArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly key: DataKey;
  readonly apis: readonly string[];
}

/** A tenant's secret for each API that wants a credential; who owns the credential writes it, no deployment ever does. */
export class ApiCredentials extends pulumi.ComponentResource {
  private readonly secrets: readonly aws.secretsmanager.Secret[];
  private readonly args: ApiCredentialsArgs;

  constructor(name: string, args: ApiCredentialsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:ApiCredentials", name, {}, opts);
    this.args = args;
    const { tenant, key, apis } = args;
    this.secrets = apis.map(
      (api) =>
        new aws.secretsmanager.Secret(
          `${name}-${api}`,
          { name: this.secretName(api), description: `Credential of ${tenant} at ${api}`, ...underKey(key) },
          { parent: this, protect: true },
        ),
    );
    this.registerOutputs({});
  }

  /** What the secret of an API is called. */
  secretName(api: string): string {
    return `alicerce/${this.args.tenant}/api/${api}`;
  }

  /** Lets `role` read the credentials. */
  grantRead(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    const { key, place } = this.args;
    const arns = this.secrets.map((it) => it.arn);
    const read = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: arns } as const;
    return grant(name, role, [read, keyUse(key, place, "secretsmanager", ["kms:Decrypt"])], { parent: role });
  }
}
