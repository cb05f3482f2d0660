import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CANARY_METRICS } from "../../contracts/records/metrics.ts";
import { lambdaFunction } from "../compute/lambda-function.ts";
import { scheduledCall } from "../compute/scheduled-call.ts";
import type { DataKey } from "../encryption/data-key.ts";
import { grant } from "../identity/service-role.ts";
import type { Place } from "../place.ts";
import type { Gateway } from "./gateway.ts";

/** Which gateway is tried, by which code, and who hears when it fails. */
export interface GatewayCanaryArgs {
  readonly place: Place;
  readonly tenant: string;
  readonly gateway: Gateway;
  readonly key: DataKey;
  /** Where the secret of the canary's client is kept. */
  readonly clientSecret: aws.secretsmanager.Secret;
  /** What the function is told. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
  readonly topicArn: pulumi.Input<string>;
}

/** For how many minutes a gateway must fail before somebody hears: the specification's `threshold`; its interval of 30 s no schedule has. */
const FAILURES = 3;

/**
 * Tries a gateway once a minute as an agent would: it gets a token and lists the tools, and somebody hears when that failed three times, or
 * was not tried. The function is in no network: the token endpoint of a user pool has no private address.
 */
export class GatewayCanary extends pulumi.ComponentResource {
  constructor(name: string, args: GatewayCanaryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("alicerce:gateway:GatewayCanary", name, {}, opts);
    const { gateway, tenant, clientSecret } = args;
    const { scenario } = gateway;
    const description = `Lists the tools of ${tenant} for ${scenario}`;
    const reads = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: clientSecret.arn } as const;
    const grants = (role: aws.iam.Role) => [grant(`${name}-secret`, role, [reads], { parent: this })];
    const lambda = lambdaFunction(
      name,
      { ...args, description, memorySize: 256, timeout: 30, grants },
      { parent: this },
    );
    scheduledCall(name, { lambda, description, schedule: "rate(1 minute)" }, { parent: this });
    new aws.cloudwatch.MetricAlarm(
      name,
      {
        alarmDescription: `The gateway of ${tenant} for ${scenario} does not answer its canary`,
        namespace: CANARY_METRICS,
        metricName: "Answered",
        dimensions: { tenant, scenario },
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: FAILURES,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        treatMissingData: "breaching",
        alarmActions: [args.topicArn],
        okActions: [args.topicArn],
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
