import type { Plan } from "../../plan/model.ts";
import { judge, type RuleVerdict } from "../../policies/engine/judge.ts";
import { Platform } from "../../policies/engine/platform.ts";
import type { PremiseId } from "../../policies/engine/premises.ts";
import { type Proof, prove } from "../../policies/engine/proof.ts";
import { UnknownValue } from "../../policies/engine/three-values.ts";
import { LIVENESS } from "../../policies/proofs/liveness/liveness.ts";
import { PROOFS } from "../../policies/proofs/proofs.ts";
import { RULES } from "../../policies/rules.ts";
import { TODAY } from "../support/rule-tester.ts";
import type { Mutant } from "./mutant.ts";

/** What a mutant breaks: a premise, residency, or what must work. */
export type Aim = PremiseId | "liveness";

/** What found a mutant: the names of rules, else those of proofs; none where it survives. */
export interface Judged {
  readonly id: string;
  readonly killers: readonly Killer[];
}

/** A rule or a proof that stops a mutant, or that at least advises against it. */
export interface Killer {
  readonly name: string;
  readonly aim: Aim;
  readonly mandatory: boolean;
}

/** Judges a mutant: by the rules on the stacks that change, and by the proofs where all of these hold. */
export function judged(mutant: Mutant): Judged {
  const plans = mutant.plans();
  const { id, type } = mutant;
  const isNear = ({ subjects: { types } }: (typeof RULES)[number]): boolean =>
    types.some((it) => it === type || (it.endsWith("*") && type.startsWith(it.slice(0, -1))));
  const near = killersAmong(plans, RULES.filter(isNear));
  if (near.length > 0) return { id, killers: near };
  const far = killersAmong(
    plans,
    RULES.filter((it) => !isNear(it)),
  );
  return { id, killers: far.length > 0 ? far : provers(mutant, plans) };
}

function killersAmong(plans: readonly Plan[], rules: typeof RULES): readonly Killer[] {
  const verdicts = plans.flatMap((plan) => judge(plan, TODAY, rules).rules).filter(stops);
  const found = new Map(verdicts.map(({ rule }) => [rule.name, rule]));
  return [...found.values()].map(({ mandatory, name, premise }) => ({ name, aim: premise, mandatory }));
}

/** An advisory rule that is violated counts as well: it is told, though it stops nothing. What it cannot decide is not told. */
function stops({ rule, undetermined, violations }: RuleVerdict): boolean {
  return violations.length > 0 || (rule.mandatory && undetermined.length > 0);
}

/** The first proof that speaks against the mutant. A proof that fails proves nothing, and stops a deployment as well. */
function provers({ subject }: Mutant, changed: readonly Plan[]): readonly Killer[] {
  const all = subject.plans.map((it) => changed.find(({ stack }) => stack === it.stack) ?? it);
  const platform = new Platform(all, TODAY);
  const found = PROOFS.find((it) => !isProven(it, platform));
  if (found === undefined) return [];
  const aim = LIVENESS.includes(found) ? "liveness" : found.premise;
  return [{ name: found.name, aim, mandatory: found.mandatory }];
}

function isProven(proof: Proof, platform: Platform): boolean {
  try {
    return prove(platform, [proof]).every((it) => it.violations.length + it.undetermined.length === 0);
  } catch (error) {
    if (error instanceof UnknownValue) return false;
    throw error;
  }
}

/** What speaks against plans that nobody changed, by name: where there is anything, every mutant would be found. */
export function faultsOf(plans: readonly Plan[]): readonly string[] {
  const platform = new Platform(plans, TODAY);
  const unproven = PROOFS.filter((it) => !isProven(it, platform)).map(({ name }) => name);
  return [...killersAmong(plans, RULES).map(({ name }) => name), ...unproven];
}
