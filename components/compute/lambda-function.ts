import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { DataKey } from "../encryption/data-key.ts";
import type { Statement } from "../identity/policy-document.ts";
import { grant, serviceRole, trustService } from "../identity/service-role.ts";
import type { Place } from "../place.ts";

/** What runs, for whom, and with what. */
export interface LambdaFunctionArgs {
  readonly place: Place;
  readonly tenant: string;
  /** What it is for, in a few words. */
  readonly description: string;
  readonly key: DataKey;
  /** An archive whose `index.mjs` exports `handler`. */
  readonly code: pulumi.asset.Archive;
  /** In MB; CPU comes in proportion. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** Grants the function's role what the code calls; the function waits for it. */
  readonly grants?: (role: aws.iam.Role) => readonly pulumi.Resource[];
  /** How long it may take, in seconds; 5 without it. */
  readonly timeout?: number;
  /** Where in the network it runs; outside of it without. */
  readonly vpcConfig?: aws.types.input.lambda.FunctionVpcConfig;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Where a function of a tenant writes. */
export function lambdaLogGroup({ tenant }: Pick<LambdaFunctionArgs, "tenant">, name: string): string {
  return `/alicerce/${tenant}/${name}`;
}

/** A function of one tenant: its log and its variables are under the tenant's key, and its role is its own. */
export function lambdaFunction(
  name: string,
  args: LambdaFunctionArgs,
  opts: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const { place, description, key, code, memorySize, environment, grants, timeout = 5 } = args;
  const groupName = lambdaLogGroup(args, name);
  const logGroup = new aws.cloudwatch.LogGroup(
    name,
    { name: groupName, kmsKeyId: key.arn, retentionInDays: 365 },
    opts,
  );
  const role = serviceRole(name, { place, description, trust: trustService("lambda.amazonaws.com") }, opts);
  const granted = [
    key.grantDecrypt(`${name}-key`, role),
    grant(`${name}-reports`, role, reports(place, groupName), opts),
    ...(grants?.(role) ?? []),
  ];
  return new aws.lambda.Function(
    name,
    {
      code,
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      memorySize,
      timeout,
      role: role.arn,
      kmsKeyArn: key.arn,
      environment: { variables: { ...environment } },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
      tracingConfig: { mode: "Active" },
      ...(args.vpcConfig !== undefined && { vpcConfig: args.vpcConfig }),
      ...(args.tags !== undefined && { tags: { ...args.tags } }),
    },
    { ...opts, dependsOn: granted },
  );
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
