import { covers } from "../grants/language/patterns.ts";
import type { Condition, Statement } from "../policy-document.ts";

/** A call as IAM judges it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** What is known of the call, by condition keys in lower case; a key that is not here is not understood. */
  readonly context?: Readonly<Record<string, string>>;
}

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

/** Whether a statement is about the call; `undefined` when something in it is not understood. */
function applies(it: Statement, call: Call): boolean | undefined {
  if (it.isInverted) return undefined;
  if (!it.covers(call.action)) return false;
  const { resources } = it;
  if (resources.length > 0 && !resources.some((pattern) => covers(pattern, call.resource))) return false;
  return all(it.conditions.map((condition) => isMet(condition, call.context ?? {})));
}

function all(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function isMet({ operator, key, values }: Condition, context: NonNullable<Call["context"]>): boolean | undefined {
  const [, kind = "", not, how = ""] = /^(String|Arn)(Not)?(Equals|Like)(?:IfExists)?$/.exec(operator) ?? [];
  const value = context[key.toLowerCase()];
  if (kind === "" || value === undefined) return undefined;
  const isPattern = kind === "Arn" || how === "Like";
  const found = values.some((it) => (isPattern ? covers(it, value) : it === value));
  return not === undefined ? found : !found;
}
