import type { ResourceView } from "../../engine/resource-view.ts";
import type { Condition, Statement } from "../policy-document.ts";
import { documentsOf } from "./documents.ts";

/** Actions that Lambda takes with a function's role to connect the function to a VPC; AWS accepts no narrower resource than all. */
const INTERFACES =
  /^ec2:(?:(?:Create|Delete|Describe)NetworkInterfaces?|DescribeSubnets|(?:Assign|Unassign)PrivateIpAddresses)$/;

/** Whether a statement only lets Lambda create a function's network interfaces, with a Deny of the same actions for the function's own code. */
export function isForLambdaAlone({ actions, isInverted }: Statement, it: ResourceView): boolean {
  if (isInverted || !actions.every((action) => INTERFACES.test(action))) return false;
  const denials = documentsOf(it)
    .flatMap(({ statements }) => statements)
    .filter(
      ({ denies, resources, conditions }) =>
        denies && resources.includes("*") && conditions.length === 1 && conditions.every(isAnyFunction),
    );
  return actions.every((action) => denials.some((denial) => denial.covers(action)));
}

function isAnyFunction({ operator, key, values }: Condition): boolean {
  return (
    operator === "ArnLike" &&
    key.toLowerCase() === "lambda:sourcefunctionarn" &&
    values.some((it) => it.endsWith(":function:*"))
  );
}
