import { isRecord } from "../../../../contracts/json.ts";
import { isOwn, unknownRecord } from "./own-id.ts";
import { stepsOf } from "./owner.ts";

/**
 * What a caller may see of an answer: of a list, the records that say they are its own. Throws `ERR_RECORD_UNKNOWN` where anything else
 * does not say so, and where a member of the owner's name, wherever it is, names another.
 */
export function ownAnswer(pointers: readonly string[], ids: readonly string[], data: unknown): unknown {
  const all = pointers.map(stepsOf);
  const own = all.reduce((value, it) => ownPart(value, it, ids), data);
  for (const it of all) refuseOthers(own, nameOf(it), ids);
  return own;
}

function ownPart(value: unknown, steps: readonly string[], ids: readonly string[]): unknown {
  if (!steps.includes("*")) {
    if (isOwn(valueAt(value, steps), ids)) return value;
    throw unknownRecord("the record is not known to be the caller's");
  }
  const [step = "", ...rest] = steps;
  if (step === "*") return ownMembers(value, rest, ids);
  if (!isRecord(value)) throw unknownRecord("the answer has not the form that its owners are declared for");
  return Object.hasOwn(value, step) ? { ...value, [step]: ownPart(value[step], rest, ids) } : value;
}

/** A list that is left out has no members. */
function ownMembers(value: unknown, steps: readonly string[], ids: readonly string[]): unknown {
  if (value === undefined || value === null) return value;
  if (!Array.isArray(value)) throw unknownRecord("the answer has no list where its owners are declared");
  if (steps.includes("*")) return value.map((it) => ownPart(it, steps, ids));
  return value.filter((it) => isOwn(valueAt(it, steps), ids));
}

function valueAt(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce((it, step) => (isRecord(it) && Object.hasOwn(it, step) ? it[step] : undefined), value);
}

/** By what a member is known to be an owner's id: its name; of an "id", which everything has, also the name of what it is in. */
function nameOf(steps: readonly string[]): readonly string[] {
  const [parent = "*", last = ""] = steps.length > 1 ? steps.slice(-2) : ["*", ...steps];
  if (last !== "id") return [last];
  return parent === "*" ? [] : [parent, last];
}

/** A record may have parts that nobody declared: none of them may be another's. */
function refuseOthers(value: unknown, name: readonly string[], ids: readonly string[]): void {
  if (typeof value !== "object" || value === null || name.length === 0) return;
  const named = valueAt(value, name);
  if (named !== undefined && named !== null && !isOwn(named, ids))
    throw unknownRecord("a part of the record names another customer");
  for (const it of Object.values(value)) refuseOthers(it, name, ids);
}
