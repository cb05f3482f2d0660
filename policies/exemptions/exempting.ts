import { type Day, daysBetween } from "../../contracts/day.ts";
import type { Plan } from "../../plan/model.ts";
import { nameOf, stackOf } from "../../plan/urn.ts";
import { type Finding, judge, type Verdict } from "../engine/judge.ts";
import { published, type Demand, type Requirement, type Rule } from "../engine/rule.ts";
import { CONTROL } from "../engine/frameworks.ts";
import { type Exemption, keyOf } from "./exemption.ts";
import { EXEMPTIONS } from "./exemptions.ts";

/** How many days before its end an exemption is warned of. */
const WARNED_DAYS = 30;

/** How many days an exemption may last. */
const MOST_DAYS = 180;

/** A violation that is exempt, with what was agreed to and for how many days still. */
export interface ExemptFinding extends Finding {
  readonly rule: Rule;
  readonly stack: string;
  readonly exemption: Exemption;
  readonly daysLeft: number;
  /** Whether it ends so soon that it is warned of. */
  readonly isEnding: boolean;
}

/** What is wrong with an exemption on the day of the judgement. */
export interface ExemptionFault extends Finding {
  readonly rule: Requirement;
  readonly stack: string;
}

/** The verdicts on stacks without what is exempt, which is told beside them. */
export interface Exempted {
  readonly verdicts: readonly Verdict[];
  readonly exempted: readonly ExemptFinding[];
  readonly faults: readonly ExemptionFault[];
}

const DEMAND: Demand = {
  premise: 8,
  id: "exemptions-are-current",
  severity: "critical",
  description: `An exemption must cover a finding that there is, for at most ${MOST_DAYS} days: what nobody needs or renews must go.`,
  remediation: "Remove the exemption, or have its owner agree anew with a later day.",
  frameworks: [CONTROL.soc2Change, CONTROL.isoChange],
};

/** What exemptions themselves must keep to; found by comparing them with the findings of rules, so it is no rule. */
export const EXEMPTIONS_ARE_CURRENT: Requirement = { ...DEMAND, ...published(DEMAND) };

/** What is judged, and by what. */
export interface ExemptingOptions {
  readonly rules?: readonly Rule[];
  readonly among?: (urn: string) => boolean;
  /** Beside the exemptions that the repository has: each must be in use. */
  readonly others?: readonly Exemption[];
}

/** The only place where exemptions count: judges plans, and takes exempt findings out of the violations of rules. */
export function judgeExempting(
  plans: readonly Plan[],
  today: Day,
  { rules, among, others = [] }: ExemptingOptions = {},
): Exempted {
  const stacks = new Set(plans.map((it) => it.stack));
  const exemptions = [...EXEMPTIONS.filter((it) => stacks.has(stackOf(it.resource))), ...others];
  const verdicts = plans.map((it) => judge(it, today, rules, among));
  return applied(verdicts, today, exemptions);
}

/** Applies exemptions to verdicts on all stacks that they speak of. */
export function applied(verdicts: readonly Verdict[], today: Day, exemptions: readonly Exemption[]): Exempted {
  const inForce = new Map(exemptions.filter((it) => isInForce(it, today)).map((it) => [keyOf(it), it]));
  const exempted: ExemptFinding[] = [];
  const exemptionOf = (rule: Rule, { urn, message }: Finding): Exemption | undefined =>
    inForce.get(keyOf({ rule: rule.name, resource: urn, finding: message }));
  const rest = verdicts.map((verdict) => ({
    ...verdict,
    rules: verdict.rules.map((it) => {
      const violations = it.violations.filter((finding) => {
        const exemption = exemptionOf(it.rule, finding);
        if (exemption === undefined) return true;
        const daysLeft = daysBetween(today, exemption.expiry);
        exempted.push({
          ...finding,
          rule: it.rule,
          stack: verdict.stack,
          exemption,
          daysLeft,
          isEnding: daysLeft <= WARNED_DAYS,
        });
        return false;
      });
      return { ...it, violations };
    }),
  }));
  return { verdicts: rest, exempted, faults: exemptions.flatMap((it) => faultOf(it, today, rest, exempted)) };
}

function isInForce({ expiry }: Exemption, today: Day): boolean {
  const days = daysBetween(today, expiry);
  return days >= 0 && days <= MOST_DAYS;
}

function faultOf(
  it: Exemption,
  today: Day,
  verdicts: readonly Verdict[],
  exempted: readonly ExemptFinding[],
): readonly ExemptionFault[] {
  const words = faultText(it, today, verdicts, exempted);
  if (words === undefined) return [];
  const name = nameOf(it.resource);
  const message = `The exemption of "${name}" from ${it.rule} (${it.ticket}, ${it.owner}) must ${words}.`;
  return [{ rule: EXEMPTIONS_ARE_CURRENT, stack: stackOf(it.resource), urn: it.resource, name, message }];
}

function faultText(
  it: Exemption,
  today: Day,
  verdicts: readonly Verdict[],
  exempted: readonly ExemptFinding[],
): string | undefined {
  const days = daysBetween(today, it.expiry);
  if (days < 0) return `be renewed or removed: it ended on ${it.expiry}`;
  if (days > MOST_DAYS) return `end within ${MOST_DAYS} days: ${it.expiry} is ${days} days away`;
  if (exempted.some(({ exemption }) => exemption === it) || isPending(it, verdicts)) return undefined;
  return "be removed: there is no such finding";
}

/** Whether the rule cannot tell yet of the resource. */
function isPending({ rule, resource }: Exemption, verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ rules }) =>
    rules.some((it) => it.rule.name === rule && it.undetermined.some(({ urn }) => urn === resource)),
  );
}
