import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import type { Call } from "../../facts/reach/permission.ts";
import { TYPE } from "../../facts/resource-types.ts";

/** What the role of a function must be able to do, and what fails without it. */
export interface Need {
  readonly calls: readonly Call[];
  readonly why: string;
}

const INTERFACES = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:UnassignPrivateIpAddresses",
];
const LOOKING = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];
const TRACING = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"];

/** AWS Lambda asks by itself, so the key that names a function as the caller is not in the request. */
const BY_LAMBDA = { "lambda:sourcefunctionarn": null };

/** What AWS Lambda does with the role of a function (Lambda developer guide, "Execution role permissions"). */
export function executionNeeds({ resource: it, stack }: Placed): readonly Need[] {
  const at = `${it.region ?? ""}:${stack.address.environment.account}`;
  const calls = (actions: readonly string[], resource: string): readonly Call[] =>
    actions.map((action) => ({ action, resource, context: BY_LAMBDA }));
  const group = it.text("loggingConfig.logGroup") ?? `/aws/lambda/${it.text("name") ?? ""}`;
  const logging = calls(
    ["logs:CreateLogStream", "logs:PutLogEvents"],
    `arn:aws:logs:${at}:log-group:${group}:log-stream:x`,
  );
  const interfaces = [...calls(INTERFACES, `arn:aws:ec2:${at}:network-interface/eni-0`), ...calls(LOOKING, "*")];
  return [
    { calls: logging, why: "AWS Lambda writes its log" },
    ...(it.text("tracingConfig.mode") === "Active" ? [{ calls: calls(TRACING, "*"), why: "it sends traces" }] : []),
    ...(it.list("vpcConfig.subnetIds").length > 0 ? [{ calls: interfaces, why: "it is in a VPC" }] : []),
  ];
}

/** A function decrypts its environment with a key of the plans, as its role. */
export function environmentKeyOf(platform: Platform, { resource }: Placed): Placed | undefined {
  const key = platform.ofArn(resource.text("kmsKeyArn") ?? "");
  return key?.resource.type === TYPE.key ? key : undefined;
}

/** The call by which AWS Lambda reads the environment of a function. */
export function environmentCallOf(key: Placed): Call {
  return { action: "kms:Decrypt", resource: outputOf(key.resource, "arn"), context: BY_LAMBDA };
}
