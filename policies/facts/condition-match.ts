import { type Condition, matches } from "./policy-document.ts";

/** The context of a request, by condition key in lower case; a key that is not there is `undefined`. */
export type RequestContext = Readonly<Record<string, string | undefined>>;

const OPERATOR = /^(?:String|Arn)(Not)?(Equals|Like)(IfExists)?$/;

/**
 * Whether a condition is met by a request, as IAM decides it: a negated operator matches a request without the key, and so does any
 * with `IfExists`. `undefined` for an operator that is not understood.
 */
export function isMet({ operator, key, values }: Condition, request: RequestContext): boolean | undefined {
  const value = request[key.toLowerCase()];
  if (operator === "Null") return values.some((it) => (it === "true") === (value === undefined));
  const [known, negation, how, ifExists] = OPERATOR.exec(operator) ?? [];
  if (known === undefined) return undefined;
  if (value === undefined) return negation !== undefined || ifExists !== undefined;
  const isOne = values.some((it) => (how === "Like" ? matches(it, value) : it === value));
  return isOne !== (negation !== undefined);
}
