import { isRecord } from "../../../contracts/json.ts";
import type { Values } from "../wire.ts";

type Step = string | number;

/** The inputs wanted, but with what existed at each of `paths`: `tags`, `vpcConfig.subnetIds`, `rules[0].port`, `labels["a.b"]`. */
export function ignoring(paths: readonly string[], before: Values, inputs: Values): Values {
  return paths.reduce<Values>((it, path) => restored(it, before, stepsOf(path)) as Values, inputs);
}

function restored(after: unknown, before: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (step === undefined) return before;
  if (step === "*") return keysOf(after, before).reduce((it, key) => restored(it, before, [key, ...rest]), after);
  const value = restored(at(after, step), at(before, step), rest);
  if (Array.isArray(after)) return withElement(after, step, value);
  if (!isRecord(after) || typeof step === "number") return after;
  if (value !== undefined) return { ...after, [step]: value };
  return Object.fromEntries(Object.entries(after).filter(([key]) => key !== step));
}

/** An array keeps its length: what never was cannot be restored, and what is gone stays gone. */
function withElement(list: readonly unknown[], step: Step, value: unknown): readonly unknown[] {
  return list.map((it, i) => (i === Number(step) && value !== undefined ? value : it));
}

function keysOf(...values: readonly unknown[]): readonly Step[] {
  const [first] = values;
  if (Array.isArray(first)) return [...first.keys()];
  return [...new Set(values.filter(isRecord).flatMap(Object.keys))];
}

function at(value: unknown, step: Step): unknown {
  if (Array.isArray(value)) return value[Number(step)] as unknown;
  return isRecord(value) ? value[step] : undefined;
}

/** The steps of a property path: names after dots, numbers and quoted names in brackets, `*` for all. */
function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(([, quoted, bracketed, plain]) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1");
    if (bracketed !== undefined && bracketed !== "*") return Number(bracketed);
    return bracketed ?? plain ?? "";
  });
}
