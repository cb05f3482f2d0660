import { addressesOf } from "../../../environments/address.ts";
import { CONTROL } from "../../engine/frameworks.ts";
import { rule } from "../../engine/rule.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { isExecutionRole } from "../../facts/execution/execution-roles.ts";
import { grantsOf } from "../../facts/grants/documents.ts";
import { isPattern } from "../../facts/grants/language/patterns.ts";
import type { Statement } from "../../facts/policy-document.ts";
import { TYPE } from "../../facts/resource-types.ts";

export const onlyTheDeployRoleDeploys = rule({
  premise: 8,
  id: "only-the-deploy-role-deploys",
  severity: "critical",
  description:
    "Each stack of the environment has one role that deploys it, which nobody becomes but the role of the environment's repository.",
  remediation:
    "Declare the role in the environment's stack, with the stack's address as its name, and trust the deploy role alone, with sts:AssumeRole.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoPrivilegedAccess, CONTROL.soc2Change],
  subjects: { types: [TYPE.role], where: (it, stack) => stack.isOurs && isExecutionRole(it) },
  judge: [
    (it, stack) =>
      stack.address.layer === "environment" && addressesOf(stack.address.environment).includes(it.text("name") ?? "")
        ? undefined
        : `"${it.name}" must have the address of a stack of the environment as its name, and be in the environment's stack.`,
    (it, stack) => {
      const trust = grantsOf(it, "trust");
      return trust.length > 0 && trust.every((statement) => isOfDeployRole(statement, stack))
        ? undefined
        : `"${it.name}" must be assumed by the deploy role of the environment alone.`;
    },
    (it) => (it.list("inlinePolicies").length === 0 ? undefined : `"${it.name}" must have policies of its own only.`),
  ],
});

function isOfDeployRole({ actions, isInverted, principals }: Statement, stack: StackIndex): boolean {
  const deploys = `arn:aws:iam::${stack.address.environment.account}:role/alicerce/deploy-`;
  return (
    !isInverted &&
    actions.join() === "sts:AssumeRole" &&
    principals.length === 1 &&
    principals.every(
      ({ kind, id }) =>
        kind === "AWS" && id.startsWith(deploys) && !isPattern(id) && !id.slice(deploys.length).includes("/"),
    )
  );
}
