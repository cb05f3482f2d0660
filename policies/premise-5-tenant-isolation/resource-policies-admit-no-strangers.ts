import { CONTROL } from "../engine/frameworks.ts";
import { accountOf, demands, isArnOfOwnAccount, isBoundToAccount, isOwnAccount } from "../facts/grants/account.ts";
import { grantsOf, typesWith } from "../facts/grants/documents.ts";
import { isOwn } from "../facts/grants/ownership.ts";
import { isPattern } from "../facts/grants/language/patterns.ts";
import type { Principal, Statement } from "../facts/policy-document.ts";
import { rule } from "../engine/rule.ts";
import type { StackIndex } from "../engine/stack-index.ts";
import { every } from "../engine/three-values.ts";

export const resourcePoliciesAdmitNoStrangers = rule({
  premise: 5,
  id: "resource-policies-admit-no-strangers",
  severity: "critical",
  description:
    "The policies of keys, buckets, secrets, queues, topics, functions, images and runtimes admit no other account, no other tenant's role and no service that acts for another account.",
  remediation:
    "Name roles of the stack or the account's root, which leaves it to IAM; bind AWS services by aws:SourceAccount or aws:SourceArn to the account.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.gdprSecurity],
  subjects: { types: typesWith("resource"), where: (it) => grantsOf(it, "resource").length > 0 },
  judge: [
    (it, stack) =>
      every(grantsOf(it, "resource"), (statement) => admitsNoStranger(statement, stack))
        ? undefined
        : `"${it.name}" must admit nobody but its own account and tenant.`,
    (it, stack) =>
      !stack.isOurs || every(grantsOf(it, "resource"), (statement) => namesSource(statement, stack))
        ? undefined
        : `"${it.name}" must admit deliveries by the account and by what is delivered, both.`,
  ],
});

function admitsNoStranger({ conditions, notPrincipals, principals }: Statement, stack: StackIndex): boolean {
  if (notPrincipals !== undefined || principals.length === 0) return false;
  const isBound = isBoundToAccount(conditions, stack);
  return every(principals, (it) => (it.id === "*" || it.kind === "Service" ? isBound : isKnown(it, stack)));
}

/** Services that write for whoever asks, and say for which account and for what (CloudWatch Logs user guide, "Logs sent to CloudWatch Logs"). */
const DELIVERIES = ["delivery.logs.amazonaws.com", "xray.amazonaws.com"];

function namesSource({ conditions, principals }: Statement, stack: StackIndex): boolean {
  if (!principals.some(({ id }) => DELIVERIES.includes(id))) return true;
  const isOfAccount = (it: string): boolean => isArnOfOwnAccount(it, stack);
  return (
    demands(conditions, "aws:SourceAccount", (it) => isOwnAccount(it, stack), ["StringEquals"]) &&
    ["aws:SourceArn", "kms:EncryptionContext:SourceArn"].some((key) => demands(conditions, key, isOfAccount))
  );
}

/** Whether a principal is the account itself, or a role or user of it; in a tenant's stack, of the tenant. */
function isKnown({ kind, id }: Principal, stack: StackIndex): boolean {
  if (kind !== "AWS" || isPattern(id)) return false;
  if (isOwnAccount(id, stack)) return true;
  if (!isArnOfOwnAccount(id, stack)) return false;
  return id.endsWith(":root") || !isTenants(stack) || isOwn(id, stack);
}

function isTenants(stack: StackIndex): boolean {
  return accountOf(stack) !== undefined && stack.tenant !== undefined;
}
