import { CONTROL } from "../engine/frameworks.ts";
import { parseArn } from "../facts/arn.ts";
import { statementsOf, type Condition, type Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import type { ResourceView } from "../engine/resource-view.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";

/** Services that act for any account that asks them, so the trust must name account and source (confused deputy). */
const DEPUTIES = ["bedrock-agentcore.amazonaws.com", "pods.eks.amazonaws.com"];

export const trustNamesExactPrincipals = rule({
  premise: 8,
  id: "trust-names-exact-principals",
  severity: "critical",
  description:
    "A role is assumed by named principals only: no wildcard, no whole account, no service acting for another account.",
  remediation:
    "Name the principal; add aws:SourceAccount and aws:SourceArn for AgentCore and Pod Identity, `sub` and `aud` for OIDC.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoPrivilegedAccess, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.role] },
  foreign: "all",
  judge: [
    (it) => (every(trustOf(it), namesPrincipals) ? undefined : `"${it.name}" must name exactly who may assume it.`),
    (it) =>
      every(trustOf(it), isForOurOwn)
        ? undefined
        : `"${it.name}" must be assumed by AWS services for its own account and source only.`,
    (it, stack) =>
      every(trustOf(it), (statement) => isForOneWorkflow(statement, stack))
        ? undefined
        : `"${it.name}" must name the subject and audience that it trusts.`,
  ],
});

function trustOf(it: ResourceView): readonly Statement[] {
  return statementsOf(it, "assumeRolePolicy").filter(({ allows }) => allows);
}

function namesPrincipals({ isInverted, principals }: Statement): boolean {
  if (isInverted || principals.length === 0) return false;
  return principals.every(({ kind, id }) => {
    if (kind === "*" || /[*?]/.test(id)) return false;
    return kind !== "AWS" || (parseArn(id) !== undefined && !id.endsWith(":root"));
  });
}

function isForOurOwn({ conditions, principals }: Statement): boolean {
  if (!principals.some(({ id }) => DEPUTIES.includes(id))) return true;
  return (
    demands(conditions, ["StringEquals"], "aws:sourceaccount") &&
    demands(conditions, ["ArnEquals", "ArnLike", "StringEquals"], "aws:sourcearn")
  );
}

function isForOneWorkflow({ conditions, principals }: Statement, stack: StackIndex): boolean {
  if (!principals.some(({ kind }) => kind === "Federated")) return true;
  const namesSubject =
    demands(conditions, ["StringEquals"], ":sub") || (!stack.isOurs && conditions.some(namesRepository));
  return namesSubject && demands(conditions, ["StringEquals"], ":aud");
}

/** Whether a condition admits workflows of one repository of GitHub: on tags, or on branches or in environments that it names the beginning of. */
function namesRepository({ operator, key, values }: Condition): boolean {
  if (operator !== "StringLike" || !key.toLowerCase().endsWith(":sub") || values.length === 0) return false;
  const subject = /^repo:[\w.-]+\/[\w.-]+:(?:ref:refs\/tags\/.|ref:refs\/heads\/[\w.-]|environment:[\w.-])/;
  return values.every((it) => subject.test(it));
}

function demands(conditions: readonly Condition[], operators: readonly string[], key: string): boolean {
  return conditions.some(
    (it) =>
      operators.includes(it.operator) &&
      it.key.toLowerCase().endsWith(key) &&
      it.values.length > 0 &&
      !it.values.includes("*"),
  );
}
