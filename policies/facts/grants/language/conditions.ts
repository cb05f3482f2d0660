import type { Condition } from "../../policy-document.ts";
import { covers, coversArn, hasVariable } from "./patterns.ts";

/** True, false, or `undefined` where it cannot be said. */
export type Truth = boolean | undefined;

/** What is known of a request: the values of a condition key, or `null` for a key that it does not have. Of other keys nothing is known. */
export type Context = Readonly<Record<string, string | readonly string[] | null>>;

type Compare = (ofPolicy: string, ofRequest: string) => boolean;

/** The operators that are understood, without their negations. */
const COMPARISONS: Readonly<Record<string, Compare>> = {
  StringEquals: (a, b) => a === b,
  StringEqualsIgnoreCase: (a, b) => a.toLowerCase() === b.toLowerCase(),
  StringLike: covers,
  ArnEquals: coversArn,
  ArnLike: coversArn,
  Bool: (a, b) => a.toLowerCase() === b.toLowerCase(),
};

/** A condition operator, taken apart. */
export interface Operator {
  readonly compare: Compare;
  readonly isNegated: boolean;
  readonly ifExists: boolean;
  readonly set: "ForAllValues" | "ForAnyValue" | undefined;
}

/** Takes an operator apart; `undefined` for one that is not understood, and for `Null`, which compares nothing. */
function operatorOf(text: string): Operator | undefined {
  const [, set, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text) ?? [];
  const positive = name.replace("Not", "");
  const compare = COMPARISONS[positive];
  if (compare === undefined || name === "NotBool" || name === "BoolNot") return undefined;
  return { compare, isNegated: positive !== name, ifExists: ifExists !== undefined, set: set as Operator["set"] };
}

/**
 * Whether a request meets a condition, as IAM's user guide has it: a key that is missing does not match, so a negated operator and
 * `IfExists` are met; `ForAllValues` is met by no values, `ForAnyValue` is not (`reference_policies_elements_condition_operators`,
 * `reference_policies_condition-single-vs-multi-valued-context-keys`).
 */
export function isMet({ operator, key, values }: Condition, context: Context): Truth {
  const given = valuesOf(key, context);
  if (given === undefined) return undefined;
  if (operator === "Null") return values.some((it) => (it.toLowerCase() === "true") === (given.length === 0));
  const how = operatorOf(operator);
  if (how === undefined || values.some(hasVariable)) return undefined;
  if (given.length === 0) return isMetByNone(how);
  if (given.length > 1 && how.set === undefined) return undefined;
  const meets = (it: string): boolean => how.isNegated !== values.some((value) => how.compare(value, it));
  return how.set === "ForAnyValue" ? given.some(meets) : given.every(meets);
}

function isMetByNone({ set, ifExists, isNegated }: Operator): Truth {
  if (set === "ForAllValues") return true;
  // Whether IfExists helps where there is no value at all is not documented.
  if (set === "ForAnyValue") return ifExists ? undefined : false;
  return ifExists || isNegated;
}

/** The values of a key, whose name has no case; an empty list for one that is missing, `undefined` for one that is not known. */
function valuesOf(key: string, context: Context): readonly string[] | undefined {
  const found = Object.keys(context).find((it) => it.toLowerCase() === key.toLowerCase());
  if (found === undefined) return undefined;
  const value = context[found] ?? [];
  return typeof value === "string" ? [value] : value;
}

/** Whether all are true; false as soon as one is. */
export function allOf(truths: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const it of truths) {
    if (it === false) return false;
    if (it === undefined) result = undefined;
  }
  return result;
}

/** Whether one is true; false only when all are. */
export function anyOf(truths: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const it of truths) {
    if (it === true) return true;
    if (it === undefined) result = undefined;
  }
  return result;
}
