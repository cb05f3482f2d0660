import type { StackIndex } from "../../engine/stack-index.ts";
import { unlessUnknown } from "../../engine/three-values.ts";
import type { Condition } from "../policy-document.ts";
import { isPattern } from "./language/patterns.ts";
import { parseArn } from "../arn.ts";

/** The AWS account of a stack; `undefined` for a stack whose name is no address, of which no account is known. */
export function accountOf(stack: StackIndex): string | undefined {
  return unlessUnknown(
    () => stack.address.environment.account,
    () => undefined,
  );
}

/** Whether an account is the stack's own; of a stack whose account is not known, any one that is written out. */
export function isOwnAccount(account: string, stack: StackIndex): boolean {
  const own = accountOf(stack);
  return own === undefined ? /^\d{12}$/.test(account) : account === own;
}

/** Whether an ARN, or a pattern of ARNs, is of the stack's own account. */
export function isArnOfOwnAccount(text: string, stack: StackIndex): boolean {
  const arn = parseArn(text);
  return arn !== undefined && !isPattern(arn.service) && isOwnAccount(arn.account, stack);
}

const EXACT = ["StringEquals", "ArnEquals", "ArnLike", "StringLike"];

/** Whether a request meets the conditions only with a value of the key that `isFine`; the name of a key has no case. */
export function demands(
  conditions: readonly Condition[],
  key: string,
  isFine: (value: string) => boolean,
  operators: readonly string[] = EXACT,
): boolean {
  return conditions.some(
    (it) =>
      operators.includes(it.operator) &&
      it.key.toLowerCase() === key.toLowerCase() &&
      it.values.length > 0 &&
      it.values.every(isFine),
  );
}

/** The condition keys that hold an account's id: of the caller, of the caller of a service, and of the resource. */
const ACCOUNT_KEYS = ["aws:PrincipalAccount", "aws:SourceAccount", "aws:ResourceAccount", "kms:CallerAccount"];

/** The condition keys that hold the ARN of what a service acts for, or of who calls. */
const ARN_KEYS = [
  "aws:SourceArn",
  "aws:PrincipalArn",
  "kms:EncryptionContext:aws:events:event-bus:arn",
  "kms:EncryptionContext:aws:logs:arn",
  "kms:EncryptionContext:SourceArn",
];

/** Whether the conditions are met only by requests of the stack's own account. */
export function isBoundToAccount(conditions: readonly Condition[], stack: StackIndex): boolean {
  const byAccount = ACCOUNT_KEYS.some((key) =>
    demands(conditions, key, (it) => isOwnAccount(it, stack), ["StringEquals", "StringLike"]),
  );
  return byAccount || ARN_KEYS.some((key) => demands(conditions, key, (it) => isArnOfOwnAccount(it, stack)));
}
