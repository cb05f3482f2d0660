import { CONTROL } from "../engine/frameworks.ts";
import { demands, isArnOfOwnAccount, isOwnAccount } from "../facts/grants/account.ts";
import { grantsOf } from "../facts/grants/documents.ts";
import { isPattern } from "../facts/grants/language/patterns.ts";
import { isForOneSubject } from "../facts/grants/web-identity.ts";
import { parseArn } from "../facts/arn.ts";
import type { Principal, Statement } from "../facts/policy-document.ts";
import { TYPE } from "../facts/resource-types.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";

/** Services of which the trust must name account and source in other people's stacks, too; consoles of others make roles without it. */
const DEPUTIES = ["bedrock-agentcore.amazonaws.com", "pods.eks.amazonaws.com", "vpc-flow-logs.amazonaws.com"];

/**
 * Services that AWS's own examples trust without a source: a role can be passed to a service in its own account alone. Every other
 * service must be trusted for one account and source (confused deputy), also one of which nobody here has heard.
 */
const WITHOUT_SOURCE = ["backup", "ec2", "eks", "lambda", "rds", "s3"].map((it) => `${it}.amazonaws.com`);

/** What EKS Pod Identity says of the pod that it asks for (Amazon EKS user guide, "Pod Identity ABAC"). */
const OF_PODS = ["aws:RequestTag/kubernetes-namespace", "aws:RequestTag/kubernetes-service-account"];

export const trustNamesExactPrincipals = rule({
  premise: 8,
  id: "trust-names-exact-principals",
  severity: "critical",
  description:
    "A role is assumed by named principals of its own account only: no wildcard, no whole account, no service acting for another account.",
  remediation:
    "Name the principal; add aws:SourceAccount and aws:SourceArn of the account for AWS services that say them, `sub` and `aud` for OIDC.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoPrivilegedAccess, CONTROL.pciLeastPrivilege],
  subjects: { types: [TYPE.role] },
  foreign: "all",
  judge: [
    (it, stack) =>
      every(grantsOf(it, "trust"), (statement) => namesPrincipals(statement, stack))
        ? undefined
        : `"${it.name}" must name exactly who may assume it.`,
    (it) =>
      every(grantsOf(it, "trust"), ({ actions }) => actions.every((action) => !isPattern(action)))
        ? undefined
        : `"${it.name}" must name the actions by which it is assumed.`,
    (it, stack) =>
      every(grantsOf(it, "trust"), (statement) => isForOurOwn(statement, stack))
        ? undefined
        : `"${it.name}" must be assumed by AWS services for its own account and source only.`,
    (it, stack) =>
      every(grantsOf(it, "trust"), (statement) => isForOneSubject(statement, stack))
        ? undefined
        : `"${it.name}" must name the subject and audience that it trusts.`,
    (it, stack) =>
      !stack.isOurs || every(grantsOf(it, "trust"), isForOneAccount)
        ? undefined
        : `"${it.name}" must name the namespace and the service account of the pods that get it.`,
  ],
});

function namesPrincipals({ isInverted, principals }: Statement, stack: StackIndex): boolean {
  return !isInverted && principals.length > 0 && principals.every((it) => isExact(it, stack));
}

function isExact({ kind, id }: Principal, stack: StackIndex): boolean {
  if (isPattern(id)) return false;
  if (kind === "Service") return true;
  if (kind === "Federated") return !id.startsWith("arn:") || isArnOfOwnAccount(id, stack);
  return kind === "AWS" && !id.endsWith(":root") && isArnOfOwnAccount(id, stack);
}

function isForOurOwn({ conditions, principals }: Statement, stack: StackIndex): boolean {
  const isDeputy = (id: string): boolean => (stack.isOurs ? !WITHOUT_SOURCE.includes(id) : DEPUTIES.includes(id));
  if (!principals.some(({ kind, id }) => kind === "Service" && isDeputy(id))) return true;
  return (
    demands(conditions, "aws:SourceAccount", (it) => isOwnAccount(it, stack), ["StringEquals"]) &&
    demands(conditions, "aws:SourceArn", (it) => isArnOfOwnAccount(it, stack) && (!stack.isOurs || namesSource(it)))
  );
}

/** Whether pods get the role only in one namespace, as one service account. */
function isForOneAccount({ conditions, principals }: Statement): boolean {
  if (!principals.some(({ id }) => id === "pods.eks.amazonaws.com")) return true;
  return OF_PODS.every((key) => demands(conditions, key, (it) => !isPattern(it), ["StringEquals"]));
}

/**
 * Whether an ARN names a type and the beginning of a name at least; AWS's own guide does not, so other people's stacks need not. A flow
 * log gets its id after the role that it names.
 */
function namesSource(arn: string): boolean {
  return /^(?:[\w-]+[/:][^*?]|vpc-flow-log\/\*$)/.test(parseArn(arn)?.resource ?? "");
}
