import { parseArn } from "../facts/arn.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { knowsNoResource } from "../facts/actions.ts";
import { grantors, grantsOf } from "../facts/grants.ts";
import { type Condition, type Statement, statementsOf } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import { every } from "../engine/three-values.ts";

/** Actions that Lambda takes with a function's role to connect the function to a VPC; AWS accepts no narrower resource than `*`. */
const INTERFACES =
  /^ec2:(?:(?:Create|Delete|Describe)NetworkInterfaces?|DescribeSubnets|(?:Assign|Unassign)PrivateIpAddresses)$/;

export const grantsNameExactResources = rule({
  premise: 8,
  id: "grants-name-exact-resources",
  severity: "critical",
  description: "A role is granted its actions on the resources that it needs, and on no others of their kind.",
  remediation:
    "Name the ARN; `*` is only for actions that know no resource, and for cloudwatch:PutMetricData by namespace.",
  frameworks: [CONTROL.soc2LeastPrivilege, CONTROL.isoAccessRights, CONTROL.pciLeastPrivilege],
  subjects: grantors,
  foreign: "all",
  judge: (it) => {
    const isFine = (statement: Statement): boolean => isExact(statement) || isForLambdaAlone(statement, it);
    return every(grantsOf(it), isFine) ? undefined : `"${it.name}" must grant its actions on exact resources.`;
  },
});

function isExact(statement: Statement): boolean {
  const { actions, isInverted, resources } = statement;
  if (isInverted || resources.length === 0) return false;
  return resources.every(namesSomething) || actions.every((action) => needsNone(action, statement));
}

/** Whether it only lets Lambda create the function's network interfaces, with a Deny of the same actions for the function's own code. */
function isForLambdaAlone({ actions, isInverted }: Statement, it: ResourceView): boolean {
  if (isInverted || it.type !== TYPE.rolePolicy || !actions.every((action) => INTERFACES.test(action))) return false;
  const denials = statementsOf(it, "policy").filter(
    ({ denies, resources, conditions }) =>
      denies && resources.includes("*") && conditions.length === 1 && conditions.every(isAnyFunction),
  );
  return actions.every((action) => denials.some((denial) => denial.covers(action)));
}

function isAnyFunction({ operator, key, values }: Condition): boolean {
  return (
    operator === "ArnLike" && key === "lambda:SourceFunctionArn" && values.some((it) => it.endsWith(":function:*"))
  );
}

function needsNone(action: string, { conditions }: Statement): boolean {
  if (action !== "cloudwatch:PutMetricData") return knowsNoResource(action);
  return conditions.some(
    ({ operator, key, values }) =>
      operator === "StringEquals" && key.toLowerCase() === "cloudwatch:namespace" && values.length > 0,
  );
}

/** Whether a resource is an ARN whose name, after the resource type, does not begin with a wildcard. */
function namesSomething(resource: string): boolean {
  const arn = parseArn(resource);
  if (arn === undefined || /[*?]/.test(arn.service)) return false;
  const [type = "", ...rest] = arn.resource.split(/[/:]/).filter((part) => part !== "");
  const [name] = rest;
  return !/^[*?]/.test(type) && !(name !== undefined && /^[*?]/.test(name) && namesType(arn.service));
}

/** Whether ARNs of the service name a resource type before the resource's name; those of S3, SNS and SQS do not. */
function namesType(service: string): boolean {
  return !["s3", "sns", "sqs"].includes(service);
}
