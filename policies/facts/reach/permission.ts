import { applies, type Question } from "../grants/language/applies.ts";
import type { Statement } from "../policy-document.ts";

/** A call as IAM judges it. A condition key that is not in its context is not understood. */
export type Call = Question;

/** Whether a statement certainly allows the call. What is not understood does not allow. */
export function allows(statements: readonly Statement[], call: Call): boolean {
  return statements.some((it) => it.allows && applies(it, call) === true);
}

/** Whether a statement denies the call, or may do so: what is not understood denies. */
export function mayDeny(statements: readonly Statement[], call: Call): boolean {
  return statements.some((it) => it.denies && applies(it, call) !== false);
}

/** Whether one of a statement's principals is the role with this ARN, its account, a service by that name, or everybody. */
export function isFor(statement: Statement, principal: string): boolean {
  const account = /^arn:aws:iam::(\d{12}):/.exec(principal)?.[1];
  return statement.principals.some(
    ({ id }) => id === "*" || id === principal || (account !== undefined && id === `arn:aws:iam::${account}:root`),
  );
}
