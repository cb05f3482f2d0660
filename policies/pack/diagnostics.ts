import type { Refutation } from "../../plan/loaders/proved-plan.ts";
import type { Finding, RuleVerdict, Verdict } from "../engine/judge.ts";
import type { Requirement } from "../engine/rule.ts";
import type { Exempted, ExemptionFault } from "../exemptions/exempting.ts";
import { PROOFS } from "../proofs/proofs.ts";

/** A message about a resource, in the name of a rule or a proof. */
export interface Diagnostic {
  readonly rule: Requirement;
  readonly mandatory: boolean;
  readonly urn: string;
  readonly message: string;
}

const LISTED = 3;

/** What refuses a deployment of which only a part is registered: the violations of mandatory rules. */
export function refusalsOf(verdict: Verdict): readonly Diagnostic[] {
  return verdict.rules
    .filter(({ rule }) => rule.mandatory)
    .flatMap(({ rule, violations }) => violations.map((it) => diagnostic(rule, it)));
}

/**
 * What refuses a deployment whose whole plan is known: violations of mandatory rules, mandatory rules that cannot decide, and exemptions
 * that are not current.
 */
export function refusalsOfWhole(verdict: Verdict, faults: readonly ExemptionFault[]): readonly Diagnostic[] {
  return [...diagnosticsOfUpdate(verdict).filter((it) => it.mandatory), ...faults.map((it) => diagnostic(it.rule, it))];
}

/** What is said of exemptions at the end: each finding that is exempt as advice, and each exemption that is not current. */
export function diagnosticsOfExemptions({ exempted, faults }: Omit<Exempted, "verdicts">): readonly Diagnostic[] {
  return [
    ...exempted.map(({ rule, exemption: { expiry, owner, ticket }, ...finding }) => {
      const message = `exempt until ${expiry} (${ticket}, ${owner}): ${finding.message}`;
      return { rule, mandatory: false, urn: finding.urn, message };
    }),
    ...faults.map((it) => diagnostic(it.rule, it)),
  ];
}

/** What refuses every stack of an environment over which a proof is violated or undecided; throws `TypeError` for a proof that there is not. */
export function refusalsByProofs(
  refutations: readonly Refutation[],
  proofs: readonly Requirement[] = PROOFS,
): readonly Diagnostic[] {
  return refutations.map(({ proof, stack, urn, message, steps }) => {
    const rule = proofs.find((it) => it.name === proof);
    if (rule === undefined) throw new TypeError(`there is no proof "${proof}", by which the plan is refuted`);
    return { rule, mandatory: true, urn, message: [`${stack}: ${message}`, ...steps].join(" → ") };
  });
}

/** The messages of a preview: violations, and one message per mandatory rule that could not decide yet. */
export function diagnosticsOfPreview({ rules }: Verdict): readonly Diagnostic[] {
  return rules.flatMap((it) => [...it.violations.map((found) => diagnostic(it.rule, found)), ...pendingOf(it)]);
}

/** The messages after an update: violations; what a mandatory rule could not decide counts as violated. */
export function diagnosticsOfUpdate({ rules }: Verdict): readonly Diagnostic[] {
  return rules.flatMap(({ rule, violations, undetermined }) =>
    [...violations, ...(rule.mandatory ? undetermined : [])].map((it) => diagnostic(rule, it)),
  );
}

function diagnostic(rule: Requirement, { urn, message }: Finding): Diagnostic {
  return { rule, mandatory: rule.mandatory, urn, message };
}

function pendingOf({ rule, undetermined }: RuleVerdict): readonly Diagnostic[] {
  const [first] = undetermined;
  if (first === undefined || !rule.mandatory) return [];
  const listed = undetermined.slice(0, LISTED).map(({ name, path }) => `"${name}" (${path ?? ""})`);
  const rest = undetermined.length > LISTED ? ` and ${undetermined.length - LISTED} more` : "";
  const message = `undetermined until this is known: ${listed.join(", ")}${rest}.`;
  return [{ rule, mandatory: false, urn: first.urn, message }];
}
