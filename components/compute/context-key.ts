import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { signingKeyPolicy } from "../encryption/key-policy.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";

/** Whose contexts the key vouches for. */
export interface ContextKeyArgs {
  readonly place: Place;
  readonly tenant: string;
}

/** The key by which a tenant's interceptors are believed (premise 5): its private half never leaves KMS, its public half is everybody's. */
export class ContextKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** SPKI in PEM. */
  readonly publicKey: pulumi.Output<string>;

  constructor(name: string, { place, tenant }: ContextKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:compute:ContextKey", name, {}, opts);

    const key = new aws.kms.Key(
      name,
      {
        description: `Vouches for the contexts of ${tenant}`,
        customerMasterKeySpec: "ECC_NIST_P256",
        keyUsage: "SIGN_VERIFY",
        deletionWindowInDays: 30,
        policy: signingKeyPolicy(place),
      },
      { parent: this, protect: true },
    );
    new aws.kms.Alias(name, { name: `alias/alicerce/context/${tenant}`, targetKeyId: key.keyId }, { parent: this });

    this.arn = key.arn;
    this.publicKey = aws.kms.getPublicKeyOutput({ keyId: key.arn }, { parent: this }).publicKeyPem;
    this.registerOutputs({ arn: this.arn, publicKey: this.publicKey });
  }

  /** Lets `role` sign by the key, in the one way in which contexts are vouched for. */
  grantSign(name: string, role: aws.iam.Role): aws.iam.RolePolicy {
    const statement = {
      Effect: "Allow",
      Action: ["kms:Sign"],
      Resource: this.arn,
      Condition: { StringEquals: { "kms:MessageType": "RAW", "kms:SigningAlgorithm": "ECDSA_SHA_256" } },
    } as const;
    return grant(name, role, [statement], { parent: this });
  }
}
