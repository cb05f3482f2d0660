import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { lambdaFunction } from "../compute/lambda-function.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { TenantPool } from "../identity/tenant-pool.ts";
import type { Place } from "../place.ts";

/** Whose tokens the function hands out, and its code. */
export interface AgentTokenArgs {
  readonly place: Place;
  readonly tenant: string;
  /** Who gets the tokens, as in "agent coordinator". */
  readonly holder: string;
  readonly pool: TenantPool;
  readonly client: aws.cognito.UserPoolClient;
  readonly key: DataKey;
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
}

/**
 * The function that hands out the tokens of one agent or BFF, to the role of that alone. It is not in the tenant's network: the token endpoint
 * of a user pool has no private address, so that from inside the network it is reached through AWS Lambda. Neither ever has the
 * client's secret.
 */
export class AgentToken extends pulumi.ComponentResource {
  readonly functionName: pulumi.Output<string>;
  /** Holds the client's secret, once a rotation has written it: no deployment ever does. */
  readonly secret: aws.secretsmanager.Secret;
  private readonly function: aws.lambda.Function;

  constructor(name: string, args: AgentTokenArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:agents:AgentToken", name, {}, opts);
    const { place, tenant, holder, pool, client, key, code } = args;
    const description = `Tokens of ${holder}`;

    this.secret = new aws.secretsmanager.Secret(
      name,
      { description: `Client secret of ${holder}`, kmsKeyId: key.arn, recoveryWindowInDays: 7 },
      { parent: this },
    );
    const environment = { CLIENT_ID: client.id, CLIENT_SECRET_ARN: this.secret.arn, TOKEN_URL: pool.tokenUrl };
    const reads = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: this.secret.arn } as const;
    const grants = (role: aws.iam.Role) => [grant(`${name}-secret`, role, [reads], { parent: this })];
    this.function = lambdaFunction(
      name,
      { place, tenant, description, key, code, memorySize: 128, environment, grants },
      { parent: this },
    );

    this.functionName = this.function.name;
    this.registerOutputs({ functionName: this.functionName });
  }

  /** Lets `role`, which must be that of the holder, ask for tokens. */
  grantInvoke(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    const statement = { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: this.function.arn } as const;
    return grant(name, role, [statement], { parent: this });
  }
}
