import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import { lambdaFunction } from "../compute/lambda-function.ts";
import type { DataKey } from "../encryption/data-key.ts";
import type { Statement } from "../identity/policy-document.ts";
import { grant } from "../identity/service-role.ts";
import type { Place, PrivateNetwork } from "../place.ts";
import { underKey } from "./copied-secret.ts";
import { functionEgress, functionInterfaces } from "./function-network.ts";
import { keyUse } from "./key-use.ts";
import type { TenantDatabase } from "./tenant-database.ts";

/** A database that is to be set up, and the code that does it. */
export interface DatabaseSetupArgs {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly tenant: string;
  readonly key: DataKey;
  readonly database: TenantDatabase;
  /** The service that the database is for. */
  readonly service: string;
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
  /** What tells one code from another: the function is called again when it changes. */
  readonly codeDigest: string;
}

/** Makes a database what its server expects, and the server's keys, from inside the network: they never pass through a deployment. */
export class DatabaseSetup extends pulumi.ComponentResource {
  /** The secret with the server's keys, once they are in it. */
  readonly keysArn: pulumi.Output<string>;
  private readonly secret: aws.secretsmanager.Secret;
  private readonly args: DatabaseSetupArgs;

  constructor(name: string, args: DatabaseSetupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:data:DatabaseSetup", name, {}, opts);
    this.args = args;
    const { database, service, tenant, key, codeDigest } = args;
    this.secret = new aws.secretsmanager.Secret(
      `${name}-keys`,
      { description: `Keys of the ${service} server of ${tenant}`, ...underKey(key) },
      { parent: this, protect: true },
    );
    const setup = this.setup(name);
    const done = new aws.lambda.Invocation(
      name,
      { functionName: setup.name, input: "{}", triggers: { code: codeDigest, database: database.host } },
      { parent: this },
    );

    this.keysArn = pulumi.all([this.secret.arn, done.result]).apply(([it]) => it);
    this.registerOutputs({ keysArn: this.keysArn });
  }

  /** Lets `role` read the server's keys. */
  grantKeys(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    const { key, place } = this.args;
    const read = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: this.secret.arn } as const;
    return grant(name, role, [read, keyUse(key, place, "secretsmanager", ["kms:Decrypt"])], { parent: role });
  }

  private setup(name: string): aws.lambda.Function {
    const { database, network, place, service, tenant } = this.args;
    return lambdaFunction(
      name,
      {
        ...this.args,
        description: `Sets up the database of ${tenant}`,
        memorySize: 256,
        timeout: 180,
        environment: {
          DATABASE_HOST: database.host,
          DATABASE_PORT: String(database.port),
          DATABASE_NAME: database.databaseName,
          DATABASE_MASTER_SECRET: database.masterSecretArn,
          DATABASE_SECRET: this.secret.arn,
        },
        grants: (role) => [
          grant(`${name}-secrets`, role, this.secrets(), { parent: this }),
          grant(`${name}-interfaces`, role, functionInterfaces(place), { parent: this }),
        ],
        vpcConfig: {
          subnetIds: pulumi.output(network.subnetIds).apply((it) => [...it]),
          securityGroupIds: [database.clientGroupId, functionEgress(name, network, { parent: this }).id],
        },
        tags: { [TAG.service]: service },
      },
      { parent: this },
    );
  }

  private secrets(): readonly Statement[] {
    const { database, key, place } = this.args;
    const secretArn = this.secret.arn;
    return [
      { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [database.masterSecretArn, secretArn] },
      { Effect: "Allow", Action: ["secretsmanager:PutSecretValue"], Resource: secretArn },
      keyUse(key, place, "secretsmanager", ["kms:GenerateDataKey"]),
    ];
  }
}
