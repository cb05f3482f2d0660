import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type SignInProvider, signInSecret } from "../../environments/callers/sign-in-providers.ts";
import { lambdaFunction } from "../compute/lambda-function.ts";
import { underKey } from "../data/copied-secret.ts";
import { keyUse } from "../data/key-use.ts";
import type { DataKey } from "../encryption/data-key.ts";
import type { Place } from "../place.ts";
import type { Statement } from "./policy-document.ts";
import { grant } from "./service-role.ts";

/** Whose consumers sign in by which providers, and the code that tells the pool of them. */
export interface SignInProvidersArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly key: DataKey;
  readonly pool: { readonly id: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
  /** By the names that Amazon Cognito knows them by. */
  readonly providers: Readonly<Record<string, SignInProvider>>;
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
  /** What tells one code from another. */
  readonly codeDigest: string;
}

/**
 * The providers by which consumers of a tenant have themselves signed in. A function writes them to the pool, since `IdentityProvider` of
 * Pulumi would keep their secrets in its state: it reads what an operator has written to Secrets Manager (premise 8).
 */
export class SignInProviders extends pulumi.ComponentResource {
  readonly names: readonly string[];
  /** After it the pool knows the providers, and a client may name them. */
  readonly written: aws.lambda.Invocation;

  constructor(name: string, args: SignInProvidersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:identity:SignInProviders", name, {}, opts);
    const { tenant, key, providers } = args;
    this.names = Object.keys(providers);
    const secrets = this.names.map(
      (provider) =>
        new aws.secretsmanager.Secret(
          `${name}-${provider}`,
          {
            name: signInSecret(tenant, provider),
            description: `By what ${tenant} is known to ${provider}: {clientSecret}, or {privateKey} for Apple`,
            ...underKey(key),
          },
          { parent: this, protect: true },
        ),
    );
    const told = pulumi
      .all(secrets.map((it) => it.arn))
      .apply((arns) => Object.fromEntries(this.names.map((it, i) => [it, { ...providers[it], secretArn: arns[i] }])));
    const settings = pulumi.jsonStringify(told);
    const writes = this.function(name, args, { secrets, settings });
    this.written = new aws.lambda.Invocation(
      name,
      { functionName: writes.name, input: "{}", triggers: { providers: settings, code: args.codeDigest } },
      { parent: this },
    );
    this.registerOutputs({});
  }

  private function(
    name: string,
    { place, tenant, key, pool, code }: SignInProvidersArgs,
    to: { readonly secrets: readonly aws.secretsmanager.Secret[]; readonly settings: pulumi.Output<string> },
  ): aws.lambda.Function {
    const writes: readonly Statement[] = [
      { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: to.secrets.map((it) => it.arn) },
      keyUse(key, place, "secretsmanager", ["kms:Decrypt"]),
      {
        Effect: "Allow",
        Action: ["cognito-idp:CreateIdentityProvider", "cognito-idp:UpdateIdentityProvider"],
        Resource: pool.arn,
      },
    ];
    return lambdaFunction(
      name,
      {
        place,
        tenant,
        description: `Tells the pool of ${tenant} by which providers people sign in`,
        key,
        code,
        memorySize: 256,
        timeout: 60,
        environment: { USER_POOL_ID: pool.id, PROVIDERS: to.settings },
        grants: (role) => [grant(`${name}-writes`, role, writes, { parent: this })],
      },
      { parent: this },
    );
  }
}
