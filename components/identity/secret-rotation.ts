import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { lambdaFunction } from "../compute/lambda-function.ts";
import { keyUse } from "../data/key-use.ts";
import type { DataKey } from "../encryption/data-key.ts";
import type { Place } from "../place.ts";
import type { Statement } from "./policy-document.ts";
import { grant } from "./service-role.ts";
import type { TenantPool } from "./tenant-pool.ts";

/** How long a secret is the current one, unless its client says otherwise. It stays valid for as long again, so that nobody who still has it fails. */
const ROTATION_DAYS = 30;

/** A client of the pool, and the secret in Secrets Manager that is to hold its secret. */
export interface RotatedClient {
  readonly name: string;
  readonly clientId: pulumi.Input<string>;
  readonly secret: aws.secretsmanager.Secret;
  /** How long the secret is the current one. */
  readonly days?: number;
}

/** Whose secrets change, and the code that changes them. */
export interface SecretRotationArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly key: DataKey;
  readonly pool: TenantPool;
  readonly clients: readonly RotatedClient[];
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
  /** What tells one code from another. */
  readonly codeDigest: string;
}

/**
 * Writes the first value of the secrets of a tenant's machines, and changes them every month (premise 8). The function is in no
 * network: it tries a new secret at the token endpoint of the pool, which has no private address.
 */
export class SecretRotation extends pulumi.ComponentResource {
  constructor(name: string, args: SecretRotationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:identity:SecretRotation", name, {}, opts);
    const { clients, codeDigest } = args;
    const rotates = this.function(name, args);
    const ids = pulumi.all(clients.map((it) => it.clientId)).apply((all) => all.join(" "));
    const first = new aws.lambda.Invocation(
      name,
      { functionName: rotates.name, input: "{}", triggers: { clients: ids, code: codeDigest } },
      { parent: this },
    );
    for (const it of clients) this.schedule(`${name}-${it.name}`, it, { rotates, first });

    this.registerOutputs({});
  }

  private function(name: string, args: SecretRotationArgs): aws.lambda.Function {
    const { place, tenant, key, pool, clients, code } = args;
    const byArn = pulumi
      .all(clients.map((it) => pulumi.all([it.secret.arn, it.clientId])))
      .apply((all) => Object.fromEntries(all));
    return lambdaFunction(
      name,
      {
        place,
        tenant,
        description: `Changes the secrets of the machines of ${tenant}`,
        key,
        code,
        memorySize: 256,
        timeout: 60,
        environment: { USER_POOL_ID: pool.id, TOKEN_URL: pool.tokenUrl, CLIENTS: pulumi.jsonStringify(byArn) },
        grants: (role) => [grant(`${name}-secrets`, role, this.steps(args), { parent: this })],
      },
      { parent: this },
    );
  }

  private steps({ key, place, pool, clients }: SecretRotationArgs): readonly Statement[] {
    const secrets = ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"];
    const ofClients = ["AddUserPoolClientSecret", "DeleteUserPoolClientSecret", "ListUserPoolClientSecrets"];
    return [
      {
        Effect: "Allow",
        Action: secrets.map((it) => `secretsmanager:${it}`),
        Resource: clients.map((it) => it.secret.arn),
      },
      keyUse(key, place, "secretsmanager", ["kms:Decrypt", "kms:GenerateDataKey"]),
      { Effect: "Allow", Action: ofClients.map((it) => `cognito-idp:${it}`), Resource: pool.arn },
    ];
  }

  /** The schedule comes after the first value: whether Secrets Manager rotates a secret that has none, nobody says. */
  private schedule(
    name: string,
    { secret, days = ROTATION_DAYS }: RotatedClient,
    { rotates, first }: { readonly rotates: aws.lambda.Function; readonly first: aws.lambda.Invocation },
  ): void {
    const permission = new aws.lambda.Permission(
      name,
      {
        function: rotates.name,
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        sourceArn: secret.arn,
      },
      { parent: this },
    );
    new aws.secretsmanager.SecretRotation(
      name,
      {
        secretId: secret.id,
        rotationLambdaArn: rotates.arn,
        rotationRules: { automaticallyAfterDays: days },
      },
      { parent: this, dependsOn: [permission, first] },
    );
  }
}
