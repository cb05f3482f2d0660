import { describe, expect, it } from "vitest";
import { type Plan, type PlannedResource, UNKNOWN } from "../../plan/model.ts";
import { judge } from "../../policies/engine/judge.ts";
import { Platform } from "../../policies/engine/platform.ts";
import { prove } from "../../policies/engine/proof.ts";
import { PROOFS } from "../../policies/proofs/proofs.ts";
import { RULES } from "../../policies/rules.ts";
import { plans, XYZ } from "../infra/plans.ts";
import { TODAY } from "../support/rule-tester.ts";

/** A stack of each layer. */
const STACKS = ["production", "production.eu-west-1", XYZ].map((it) => plans.get(it)!.plan);

/** So many properties are replaced at once: each is, by each kind of value. */
const AT_ONCE = 160;

/** What stands in place of a value. */
const KINDS: Readonly<Record<string, (value: unknown) => unknown>> = {
  unknown: () => UNKNOWN,
  null: () => null,
  "of another type": (value) => (typeof value === "string" ? 7 : Array.isArray(value) ? "x" : [{ x: [null] }]),
};

/** Every input of every planned type, in an order that is the same in each run and mixes types. */
const INPUTS = mixed([
  ...new Set(
    STACKS.flatMap(({ resources }) =>
      resources.flatMap(({ type, inputs }) => Object.keys(inputs).map((it) => `${type} ${it}`)),
    ),
  ),
]);

describe.each(Object.entries(KINDS))("every input that is %s", (_, replace) => {
  const shares = Array.from({ length: Math.ceil(INPUTS.length / AT_ONCE) }, (_one, i) =>
    INPUTS.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );

  it.each(shares.map((it, i) => [i + 1, it] as const))("is judged without an error, share %i", (_one, share) => {
    const changed = STACKS.map((it) => withReplaced(it, new Set(share), replace));
    const messages = changed.flatMap((it) =>
      judge(it, TODAY, RULES).rules.flatMap(({ violations }) => violations.map(({ message }) => message)),
    );
    // A document that cannot be read is told as that; any other error is a fault of the rule.
    expect(messages.filter((it) => /failed with (?!UnreadableDocument)/.test(it))).toEqual([]);
    const verdicts = prove(new Platform(changed, TODAY), PROOFS);
    expect(verdicts.some(({ violations, undetermined }) => violations.length + undetermined.length > 0)).toBe(true);
  });
});

function withReplaced(plan: Plan, inputs: ReadonlySet<string>, replace: (value: unknown) => unknown): Plan {
  const replaced = (it: PlannedResource): PlannedResource => {
    const chosen = Object.keys(it.inputs).filter((key) => inputs.has(`${it.type} ${key}`));
    const values = Object.fromEntries(chosen.map((key) => [key, replace(it.inputs[key])]));
    const nowhere = Object.fromEntries(chosen.map((key) => [key, []]));
    return {
      ...it,
      inputs: { ...it.inputs, ...values },
      propertyDependencies: { ...it.propertyDependencies, ...nowhere },
    };
  };
  return { ...plan, resources: plan.resources.map(replaced) };
}

/** The members in another order, by a linear congruential generator (Numerical Recipes, section 7.1). */
function mixed<T>(list: readonly T[]): readonly T[] {
  let state = 1;
  const next = (): number => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32);
  return list
    .map((it) => [next(), it] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, it]) => it);
}
