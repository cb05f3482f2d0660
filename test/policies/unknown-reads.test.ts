import { describe, expect, it } from "vitest";
import { type Plan, UNKNOWN } from "../../plan/model.ts";
import { judge } from "../../policies/engine/judge.ts";
import type { Rule } from "../../policies/engine/rule.ts";
import { RULES } from "../../policies/rules.ts";
import { isBreach } from "../mutation/equivalents/equivalents.ts";
import type { Mutant } from "../mutation/mutant.ts";
import { mutantsOf } from "../mutation/mutants.ts";
import { changedAt, leavesOf, type Path } from "../mutation/paths.ts";
import { plansOfSubjects, subjectsOf } from "../mutation/subjects.ts";
import { TODAY } from "../support/rule-tester.ts";
import { RecordedReads } from "./descriptions/recorded-reads.ts";

/** A mutant whose value is unknown breaks nothing for sure. */
const mutants = mutantsOf(subjectsOf(await plansOfSubjects())).filter(
  (it) => it.operator !== "unknown" && isBreach(it),
);

/** A plan that a rule refuses, and the type of the resource that was changed. */
interface Breach {
  readonly plan: Plan;
  readonly type: string;
}

/** A value of the plan that the rule reads. */
interface Read {
  readonly at: number;
  readonly path: Path;
  readonly kind: string;
}

describe("a breach, while one value that the rule reads is not known", () => {
  it.each(RULES.map((it) => [it.name, it] as const))("of %s is never held", (_, rule) => {
    const breach = breachOf(rule);
    const reads = readsOf(rule, breach);
    expect(reads.length).toBeGreaterThan(0);
    const hidden = reads.filter(({ at, path }) => isHeld(rule, withUnknown(breach.plan, at, path)));
    expect(hidden.map(({ kind }) => kind)).toEqual([]);
  });
});

/** The first mutant that the rule refuses: of its own subjects, else of whatever else is in their stack. */
function breachOf(rule: Rule): Breach {
  const isNear = ({ type }: Mutant): boolean =>
    rule.subjects.types.some((it) => it === type || (it.endsWith("*") && type.startsWith(it.slice(0, -1))));
  const inOrder = [...mutants.filter(isNear), ...mutants.filter((it) => !isNear(it))];
  for (const mutant of inOrder) {
    const plan = mutant.plans().find((it) => isViolated(rule, it));
    if (plan !== undefined) return { plan, type: mutant.type };
  }
  throw new TypeError(`no change breaks ${rule.name}`);
}

/** What the rule reads while it refuses: of resources alike one is enough; of the type that was changed each is taken. */
function readsOf(rule: Rule, { plan, type }: Breach): readonly Read[] {
  const recorded = new RecordedReads();
  judge(recorded.of(plan), TODAY, [rule]);
  const all = plan.resources.flatMap((it, at) =>
    leavesOf(it.inputs)
      .filter(({ plain, value }) => !Array.isArray(value) && recorded.readsValue(it.type, plain))
      .map(({ path, plain }) => ({
        at,
        path,
        kind: [it.type, ...(it.type === type ? [it.name, ...path] : [plain])].join(" "),
      })),
  );
  return [...new Map(all.map((it) => [it.kind, it])).values()];
}

function isViolated(rule: Rule, plan: Plan): boolean {
  return judge(plan, TODAY, [rule]).rules.some(({ violations }) => violations.length > 0);
}

function isHeld(rule: Rule, plan: Plan): boolean {
  return judge(plan, TODAY, [rule]).rules.every((it) => it.violations.length + it.undetermined.length === 0);
}

function withUnknown(plan: Plan, at: number, path: Path): Plan {
  const resources = plan.resources.map((it, i) =>
    i === at ? { ...it, inputs: changedAt(it.inputs, path, () => UNKNOWN) as typeof it.inputs } : it,
  );
  return { ...plan, resources };
}
