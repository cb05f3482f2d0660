import { isDeepStrictEqual } from "node:util";
import type { ResourceSpec } from "../catalogue/spec.ts";
import type { Behaviour } from "../behaviours/behaviour.ts";
import { isObject, objectReplaces } from "../behaviours/kubernetes.ts";
import type { Values } from "../wire.ts";

/** What a change of inputs means for a resource. */
export interface Difference {
  /** Top-level inputs that differ, and whether each was added, deleted or changed. */
  readonly changed: Readonly<Record<string, "add" | "delete" | "update">>;
  /** The changed inputs that cannot be changed on an existing resource. */
  readonly replaces: readonly string[];
}

/** Compares the inputs of an existing resource with those that are wanted. */
export function differenceOf(
  spec: ResourceSpec,
  behaviour: Pick<Behaviour, "replaces">,
  before: Values,
  after: Values,
): Difference {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed: Record<string, "add" | "delete" | "update"> = {};
  for (const key of keys) {
    if (isDeepStrictEqual(before[key] ?? undefined, after[key] ?? undefined)) continue;
    changed[key] = before[key] === undefined ? "add" : after[key] === undefined ? "delete" : "update";
  }
  if (isObject(spec.token)) {
    const replaces = objectReplaces(before, after).map((it) => it.split(".")[0] ?? it);
    return { changed, replaces: [...new Set(replaces)] };
  }
  const fixed = new Set(behaviour.replaces ?? []);
  const replaces = Object.keys(changed).filter((key) => fixed.has(key) || spec.inputs[key]?.createOnly === true);
  return { changed, replaces };
}
