import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import { lambdaFunction } from "../compute/lambda-function.ts";
import { scheduledCall } from "../compute/scheduled-call.ts";
import { functionEgress, functionInterfaces } from "../data/function-network.ts";
import { keyUse } from "../data/key-use.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { Place, PrivateNetwork } from "../place.ts";

/** Which realms are kept, of which Keycloak, and by which code. */
export interface RealmKeeperArgs {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly key: DataKey;
  /** Host name of Keycloak's administration. */
  readonly host: string;
  /** While there are none the function has nothing to do. It is there all the same: its secret is a part of Keycloak, not of a tenant. */
  readonly realms: readonly string[];
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
}

const OWNER = "keycloak";

/** How often realms are kept: a new realm lets clients register within this time. */
const SCHEDULE = "rate(5 minutes)";

/**
 * Opens new realms for registration, and takes away clients that registered and are not used, by a function that a schedule calls inside the
 * network. Its client is made by hand, once, and whoever makes it writes the secret: no deployment ever does.
 */
export class RealmKeeper extends pulumi.ComponentResource {
  private readonly secret: aws.secretsmanager.Secret;

  constructor(name: string, args: RealmKeeperArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:keycloak:RealmKeeper", name, {}, opts);
    const parent = { parent: this };
    this.secret = new aws.secretsmanager.Secret(
      name,
      {
        name: "alicerce/keycloak/realm-keeper",
        description: "Client of the function that keeps realms: {clientId, clientSecret}",
        kmsKeyId: args.key.arn,
      },
      { parent: this, protect: true },
    );
    const lambda = this.function(name, args);
    const description = "Keeps the realms of Keycloak";
    scheduledCall(name, { lambda, description, schedule: SCHEDULE }, parent);
    this.registerOutputs({});
  }

  private function(name: string, args: RealmKeeperArgs): aws.lambda.Function {
    const { network, host, realms } = args;
    return lambdaFunction(
      name,
      {
        ...args,
        ...{ tenant: OWNER, memorySize: 256, timeout: 120 },
        description: "Keeps the realms of Keycloak",
        environment: {
          ADMIN_URL: `https://${host}`,
          CLIENT_SECRET: this.secret.arn,
          ...(realms.length > 0 && { REALMS: realms.join() }),
        },
        grants: (role) => this.grantsOf(name, role, args),
        vpcConfig: {
          subnetIds: pulumi.output(network.subnetIds).apply((it) => [...it]),
          securityGroupIds: [functionEgress(name, network, { parent: this }).id],
        },
        tags: { [TAG.service]: OWNER },
      },
      { parent: this },
    );
  }

  private grantsOf(name: string, role: aws.iam.Role, { place, key }: RealmKeeperArgs): readonly pulumi.Resource[] {
    const read = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: this.secret.arn } as const;
    const decrypt = keyUse(key, place, "secretsmanager", ["kms:Decrypt"]);
    return [
      grant(`${name}-secret`, role, [read, decrypt], { parent: this }),
      grant(`${name}-interfaces`, role, functionInterfaces(place), { parent: this }),
    ];
  }
}
