import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { signingKeyPolicy } from "../encryption/key-policy.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";

/** The tenant whose context tokens the key signs, and who signs them. */
export interface ContextKeyArgs {
  readonly place: Place;
  readonly tenant: string;
  /** What its alias says of it; without it, the key is that of the tenant's interceptors. */
  readonly signer?: string;
}

/** The key that signs for a tenant's interceptors, or its BFFs (premise 5): the private half never leaves KMS, the public half is given to whoever believes it. */
export class ContextKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** SPKI in PEM. */
  readonly publicKey: pulumi.Output<string>;

  constructor(
    name: string,
    { place, tenant, signer = "context" }: ContextKeyArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("alicerce:compute:ContextKey", name, {}, opts);

    const key = new aws.kms.Key(
      name,
      {
        description: `Certifies the signers of context tokens of ${tenant}`,
        customerMasterKeySpec: "ECC_NIST_P256",
        keyUsage: "SIGN_VERIFY",
        deletionWindowInDays: 30,
        policy: signingKeyPolicy(place),
      },
      { parent: this, protect: true },
    );
    new aws.kms.Alias(name, { name: `alias/alicerce/${signer}/${tenant}`, targetKeyId: key.keyId }, { parent: this });

    this.arn = key.arn;
    this.publicKey = aws.kms.getPublicKeyOutput({ keyId: key.arn }, { parent: this }).publicKeyPem;
    this.registerOutputs({ arn: this.arn, publicKey: this.publicKey });
  }

  /** Lets `role` sign by the key, with ECDSA over SHA-256 of the whole message, and in no other way. */
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
