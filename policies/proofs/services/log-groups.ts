import { outputOf } from "../../engine/output.ts";
import type { Placed, Platform } from "../../engine/platform.ts";
import { statementsOf } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { callOn, type Deed, keyDeeds } from "./deed.ts";

const POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const DESTINATION = "aws:xray/traceSegmentDestination:TraceSegmentDestination";

/** What CloudWatch Logs does with the key of a log group (CloudWatch Logs user guide, "Encrypt log data"). */
const KEY_USE = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

const WRITING = ["logs:CreateLogStream", "logs:PutLogEvents"];

/** The log groups that AWS itself delivers to, by the beginning of their names, as those who write there demand them. */
const DELIVERED = /^(?:\/aws\/vendedlogs\/|aws-waf-logs-)/;

/** Log groups are under a key that CloudWatch uses, and AWS writes into those that are for what its services deliver. */
export function logGroupDeeds(platform: Platform): readonly Deed[] {
  const groups = platform.ofType(TYPE.logGroup);
  return [
    ...groups.flatMap((it) => encryption(platform, it)),
    ...groups.flatMap((it) => delivery(platform, it)),
    ...platform.ofType(DESTINATION).flatMap((it) => spans(platform, it)),
  ];
}

function encryption(platform: Platform, group: Placed): readonly Deed[] {
  const { name, region } = group.resource;
  return keyDeeds(platform, group.resource.text("kmsKeyId"), {
    who: `logs.${region ?? ""}.amazonaws.com`,
    actions: KEY_USE,
    context: { "kms:encryptioncontext:aws:logs:arn": outputOf(group.resource, "arn") },
    why: `CloudWatch Logs keeps "${name}" under it`,
  });
}

function delivery(platform: Platform, group: Placed): readonly Deed[] {
  const arn = outputOf(group.resource, "arn");
  if (!DELIVERED.test(group.resource.text("name") ?? "")) return [];
  return [writing(platform, group, arn, "delivery.logs", "logs", `AWS delivers to "${group.resource.name}"`)];
}

/** X-Ray writes spans where Transaction Search reads them (CloudWatch user guide, "Enable Transaction Search"). */
function spans(platform: Platform, it: Placed): readonly Deed[] {
  if (it.resource.text("destination") !== "CloudWatchLogs") return [];
  const { account } = it.stack.address.environment;
  const groups = ["aws/spans", "/aws/application-signals/data"];
  return groups.map((name) => {
    const arn = `arn:aws:logs:${it.resource.region ?? ""}:${account}:log-group:${name}`;
    return writing(platform, it, arn, "xray", "xray", "X-Ray stores all spans there");
  });
}

function writing(platform: Platform, at: Placed, arn: string, service: string, source: string, why: string): Deed {
  const [, , , region = "", account = ""] = arn.split(":");
  const context = { "aws:sourceaccount": account, "aws:sourcearn": `arn:aws:${source}:${region}:${account}:x` };
  const policies = platform.ofType(POLICY).filter(({ resource, stack }) => {
    return resource.region === region && stack.address.environment.account === account;
  });
  const statements = policies.flatMap(({ resource }) => statementsOf(resource, "policyDocument"));
  const calls = WRITING.map((it) => callOn(it, `${arn}:log-stream:x`, context));
  return { who: `${service}.amazonaws.com`, calls, at: policies[0] ?? at, statements, why };
}
