import { describe, expect, it } from "vitest";
import { type Plan, type PlannedResource, UNKNOWN } from "../../plan/model.ts";
import { typeOf } from "../../plan/urn.ts";
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

/**
 * A mutant whose value is unknown breaks nothing for sure. In a stack that has another one's resource under the URN of its own, whoever
 * names it by an origin is right.
 */
const mutants = mutantsOf(subjectsOf(await plansOfSubjects())).filter(
  (it) => !["otherStack", "unknown"].includes(it.operator) && isBreach(it),
);

/** No single change of a shipped plan breaks these: their own tests do. */
const UNBROKEN: readonly string[] = [
  "p3-transit-leads-where-the-data-says",
  "p4-directories-say-what-the-data-allows",
  "p4-partners-clients-keep-to-the-bff",
  "p4-powerful-scopes-are-not-registrable",
  "p6-candidates-follow-the-newest-release",
  "p6-mcp-servers-retain-three-majors-at-most",
  "p6-previous-majors-go-when-they-said",
  "p8-service-accounts-have-no-cluster-rights",
  "p8-unknown-values-have-an-origin",
];

/** These take a value that comes from nowhere for another resource's: another rule refuses it. */
const NEED_ORIGINS: readonly string[] = [
  "p5-copiers-copy-for-the-stack-alone",
  "p6-endpoints-say-what-their-runtime-is",
  "residency-only-own-names-are-used",
];
const OF_ORIGINS = RULES.filter(({ name }) => name === "p8-unknown-values-have-an-origin");

/** A plan that a rule refuses, and the mutant that it is. */
interface Breach {
  readonly plan: Plan;
  readonly mutant: Mutant;
}

/** A value of the plan that the rule reads. */
interface Read {
  readonly at: number;
  readonly path: Path;
  readonly kind: string;
}

describe("a breach, while one value that the rule reads is not known", () => {
  const broken = RULES.filter(({ name }) => !UNBROKEN.includes(name));

  it.each(broken.map((it) => [it.name, it] as const))("of %s is never held", (name, rule) => {
    const breach = breachOf(rule);
    if (breach === undefined) throw new TypeError(`no change breaks ${name}`);
    const rules = NEED_ORIGINS.includes(name) ? [rule, ...OF_ORIGINS] : [rule];
    const hidden = readsOf(rule, breach).filter((read) => isHeld(rules, withUnknown(breach, read)));
    expect(hidden.map(({ kind }) => `${kind}, after ${breach.mutant.id}`)).toEqual([]);
  });
});

/** The first mutant that the rule refuses: of its own subjects, else of whatever else is in their stack; one with a value before one without. */
function breachOf(rule: Rule): Breach | undefined {
  const isNear = ({ type }: Mutant): boolean =>
    rule.subjects.types.some((it) => it === type || (it.endsWith("*") && type.startsWith(it.slice(0, -1))));
  const near = mutants.filter(isNear).toSorted((a, b) => Number(isLess(a)) - Number(isLess(b)));
  for (const mutant of [...near, ...mutants.filter((it) => !isNear(it))]) {
    const plan = mutant.plans().find((it) => isViolated(rule, it));
    if (plan !== undefined) return { plan, mutant };
  }
  return undefined;
}

function isLess({ operator }: Mutant): boolean {
  return operator === "leftOut";
}

/**
 * What the rule reads while it refuses: of resources alike one is enough; of the type that was changed each is taken. What comes from a
 * resource of the changed type is left out: by its origin it names that one, as it would where nothing is changed.
 */
function readsOf(rule: Rule, { plan, mutant: { type } }: Breach): readonly Read[] {
  const recorded = new RecordedReads();
  judge(recorded.of(plan), TODAY, [rule]);
  const isOfChanged = (it: PlannedResource, [input = ""]: Path): boolean =>
    it.propertyDependencies?.[input]?.some((of) => typeOf(of) === type) === true;
  const all = plan.resources.flatMap((it, at) =>
    leavesOf(it.inputs)
      .filter(({ plain, value }) => !Array.isArray(value) && recorded.readsValue(it.type, plain))
      .filter(({ path }) => !isOfChanged(it, path))
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

function isHeld(rules: readonly Rule[], plan: Plan): boolean {
  return judge(plan, TODAY, rules).rules.every((it) => it.violations.length + it.undetermined.length === 0);
}

/** Of the resource that was changed nobody knows where its values came from: by its origin a value would be the one before the change. */
function withUnknown({ plan, mutant }: Breach, { at, path }: Read): Plan {
  const resources = plan.resources.map((it, i) => {
    if (i !== at) return it;
    const inputs = changedAt(it.inputs, path, () => UNKNOWN) as typeof it.inputs;
    const [input = ""] = path;
    const origins = { ...it.propertyDependencies, ...(it.urn === mutant.urn && { [input]: [] }) };
    return { ...it, inputs, propertyDependencies: origins };
  });
  return { ...plan, resources };
}
