import { isRecord } from "../../../../contracts/json.ts";
import type { Arguments } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";
import { isOwn, unknownRecord } from "./own-id.ts";
import { stepsOf } from "./owner.ts";

/**
 * Arguments that name the caller's own customers where they name any; an id that is left out becomes the caller's. Throws an `ApiProblem`
 * for the id of another, for a list that names nobody, and where one of several ids would have to be chosen.
 */
export function ownArguments(pointers: readonly string[], ids: readonly string[], args: Arguments): Arguments {
  return pointers.reduce<Arguments>((all, it) => named(all, stepsOf(it), ids) as Arguments, args);
}

function named(value: unknown, steps: readonly string[], ids: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) {
    if (isOwn(value, ids)) return value;
    throw unknownRecord("an argument names another customer");
  }
  if (step === "*") {
    if (Array.isArray(value) && value.length > 0) return value.map((it) => named(it, rest, ids));
    throw unknownRecord("an argument names no list of customers");
  }
  if (!isRecord(value)) throw unknownRecord("an argument names no customer");
  const isMissing = !Object.hasOwn(value, step);
  return { ...value, [step]: isMissing && rest.length === 0 ? theOnly(ids, step) : named(value[step], rest, ids) };
}

function theOnly(ids: readonly string[], field: string): string {
  const [id, ...others] = ids;
  if (id === undefined) throw unknownRecord("the caller has no records");
  if (others.length === 0) return id;
  throw new ApiProblem("ERR_ARGUMENT_INVALID", `"${field}" must say for which customer`, { field });
}
