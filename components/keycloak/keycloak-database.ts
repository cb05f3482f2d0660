import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import { lambdaFunction } from "../compute/lambda-function.ts";
import { functionEgress, functionInterfaces } from "../data/function-network.ts";
import { keyUse } from "../data/key-use.ts";
import { TenantDatabase } from "../data/tenant-database.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { Place, PrivateNetwork } from "../place.ts";
import type { KeycloakDatabase as KeycloakLogin } from "./keycloak-arguments.ts";

/** Where Keycloak's database is, under which key, and the code that lets Keycloak log in. */
export interface KeycloakDatabaseArgs {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly key: DataKey;
  /** Whether an instance in another zone takes over at once. */
  readonly standby: boolean;
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
  /** What tells one code from another: the function is called again when it changes. */
  readonly codeDigest: string;
}

const NAME = "keycloak";

/** The database of a region's Keycloak: always awake, and entered with tokens of IAM alone, so that there is no password to keep or to change. */
export class KeycloakDatabase extends pulumi.ComponentResource {
  /** How Keycloak gets in, once it may. */
  readonly login: pulumi.Output<KeycloakLogin>;
  /** The security group of whoever connects. */
  readonly clientGroupId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly clusterIdentifier: TenantDatabase["clusterIdentifier"];
  /** Where in the network it is, and so where a copy of it is restored. */
  readonly placement: TenantDatabase["placement"];
  private readonly database: TenantDatabase;

  constructor(name: string, args: KeycloakDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:keycloak:KeycloakDatabase", name, {}, opts);
    const of = { ...args, tenant: NAME, service: NAME, databaseName: NAME, isAlwaysAwake: true };
    this.database = new TenantDatabase(name, of, { parent: this });
    const allowed = this.allowLogin(`${name}-login`, args);

    const { host, port } = this.database;
    this.arn = this.database.arn;
    this.clusterIdentifier = this.database.clusterIdentifier;
    this.placement = this.database.placement;
    this.clientGroupId = this.database.clientGroupId;
    this.login = pulumi.all([host, allowed.result]).apply(([it]) => ({ host: it, port, name: NAME, user: NAME }));
    this.registerOutputs({ clientGroupId: this.clientGroupId });
  }

  /** Lets `role` log in as Keycloak. */
  grantConnect(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    return this.database.grantConnect(name, role, NAME);
  }

  /** Makes Keycloak's user of the database, from inside the network. */
  private allowLogin(name: string, args: KeycloakDatabaseArgs): aws.lambda.Invocation {
    const { place, network, key, code, codeDigest } = args;
    const { database } = this;
    const lambda = lambdaFunction(
      name,
      {
        ...{ place, tenant: NAME, key, code, memorySize: 256, timeout: 120 },
        description: "Lets Keycloak log in to its database",
        environment: {
          DATABASE_HOST: database.host,
          DATABASE_PORT: String(database.port),
          DATABASE_NAME: database.databaseName,
          DATABASE_MASTER_SECRET: database.masterSecretArn,
          DATABASE_USER: NAME,
        },
        grants: (role) => this.grantsOf(name, role, args),
        vpcConfig: {
          subnetIds: pulumi.output(network.subnetIds).apply((it) => [...it]),
          securityGroupIds: [database.clientGroupId, functionEgress(name, network, { parent: this }).id],
        },
        tags: { [TAG.service]: NAME },
      },
      { parent: this },
    );
    const triggers = { code: codeDigest, database: database.host };
    return new aws.lambda.Invocation(name, { functionName: lambda.name, input: "{}", triggers }, { parent: this });
  }

  private grantsOf(name: string, role: aws.iam.Role, { place, key }: KeycloakDatabaseArgs): readonly pulumi.Resource[] {
    const Resource = this.database.masterSecretArn;
    const secret = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource } as const;
    const decrypt = keyUse(key, place, "secretsmanager", ["kms:Decrypt"]);
    return [
      grant(`${name}-secret`, role, [secret, decrypt], { parent: this }),
      grant(`${name}-interfaces`, role, functionInterfaces(place), { parent: this }),
    ];
  }
}
