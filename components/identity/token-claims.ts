import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { lambdaFunction } from "../compute/lambda-function.ts";
import type { DataKey } from "../encryption/data-key.ts";
import type { Place } from "../place.ts";

/** Whose tokens get the claim, and the code that writes it. */
export interface TokenClaimsArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly key: DataKey;
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
}

/** The function that writes `tenant_id` into every access token of a user pool (premise 5). */
export class TokenClaims extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  private readonly function: aws.lambda.Function;

  constructor(name: string, { place, tenant, key, code }: TokenClaimsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:identity:TokenClaims", name, {}, opts);

    const environment = { TENANT_ID: tenant };
    const description = `Token claims of ${tenant}`;
    this.function = lambdaFunction(
      name,
      { place, tenant, description, key, code, memorySize: 128, environment },
      { parent: this },
    );

    this.arn = this.function.arn;
    this.registerOutputs({ arn: this.arn });
  }

  /** Lets the user pool `userPoolArn`, and nobody else, call the function. */
  grantInvoke(name: string, userPoolArn: pulumi.Input<string>): aws.lambda.Permission {
    return new aws.lambda.Permission(
      name,
      {
        function: this.function.name,
        action: "lambda:InvokeFunction",
        principal: "cognito-idp.amazonaws.com",
        sourceArn: userPoolArn,
      },
      { parent: this },
    );
  }
}
