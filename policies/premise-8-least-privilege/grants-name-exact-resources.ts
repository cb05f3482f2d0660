import { parseArn } from "../arn.ts";
import { CONTROL } from "../frameworks.ts";
import { grantors, grantsOf } from "../grants.ts";
import type { Statement } from "../policy-document.ts";
import { rule } from "../rule.ts";
import { every } from "../three-values.ts";

/** Actions for which IAM knows no resource, so that `*` is the only one that can be named. */
const WITHOUT_RESOURCE =
  /^(?:ecr:GetAuthorizationToken|logs:DescribeLogGroups|sts:GetCallerIdentity|xray:(?:PutTraceSegments|PutTelemetryRecords|GetSamplingRules|GetSamplingTargets)|ec2:Describe\w+)$/;

export const grantsNameExactResources = rule({
  premise: 8,
  id: "grants-name-exact-resources",
  severity: "critical",
  description: "A role is granted its actions on the resources that it needs, and on no others of their kind.",
  remediation:
    "Name the ARN; `*` is only for actions that know no resource, and for cloudwatch:PutMetricData by namespace.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: grantors,
  judge: (it) => (every(grantsOf(it), isExact) ? undefined : `"${it.name}" must grant its actions on exact resources.`),
});

function isExact(statement: Statement): boolean {
  const { actions, isInverted, resources } = statement;
  if (isInverted || resources.length === 0) return false;
  return resources.every(namesSomething) || actions.every((action) => needsNone(action, statement));
}

function needsNone(action: string, { conditions }: Statement): boolean {
  if (action !== "cloudwatch:PutMetricData") return WITHOUT_RESOURCE.test(action);
  return conditions.some(
    ({ operator, key, values }) =>
      operator === "StringEquals" && key.toLowerCase() === "cloudwatch:namespace" && values.length > 0,
  );
}

/** An ARN whose resource, after its type, begins with something that is not a wildcard. */
function namesSomething(resource: string): boolean {
  const arn = parseArn(resource);
  if (arn === undefined || /[*?]/.test(arn.service)) return false;
  const [type = "", ...rest] = arn.resource.split(/[/:]/).filter((part) => part !== "");
  const [name] = rest;
  return !/^[*?]/.test(type) && !(name !== undefined && /^[*?]/.test(name) && isBareType(arn.service));
}

/** S3 and its like have no type in their ARNs: what comes first is a name already. */
function isBareType(service: string): boolean {
  return !["s3", "sns", "sqs"].includes(service);
}
