import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import type { Place } from "../place.ts";
import type { Statement } from "./policy-document.ts";
import { grant, serviceRole, trustService } from "./service-role.ts";

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

    const groupName = `/alicerce/${tenant}/${name}`;
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      { name: groupName, kmsKeyId: key.arn, retentionInDays: 365 },
      { parent: this },
    );
    const trust = trustService("lambda.amazonaws.com");
    const role = serviceRole(name, { place, description: `Token claims of ${tenant}`, trust }, { parent: this });
    const mayDecrypt = key.grantDecrypt(`${name}-key`, role);
    const mayReport = grant(`${name}-reports`, role, reports(place, groupName), { parent: this });
    this.function = new aws.lambda.Function(
      name,
      {
        code,
        handler: "index.handler",
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        memorySize: 128,
        timeout: 5,
        role: role.arn,
        kmsKeyArn: key.arn,
        environment: { variables: { TENANT_ID: tenant } },
        loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
        tracingConfig: { mode: "Active" },
      },
      { parent: this, dependsOn: [mayDecrypt, mayReport] },
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

function reports({ account, region }: Place, groupName: string): readonly Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:${region}:${account}:log-group:${groupName}:*`,
    },
    { Effect: "Allow", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" },
  ];
}
