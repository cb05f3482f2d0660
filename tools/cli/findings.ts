import type { Source } from "../../plan/model.ts";
import type { Requirement } from "../../policies/engine/rule.ts";
import type { Judged } from "./judgement.ts";

/** What is found of one rule or proof, over all stacks. */
export interface RuleFindings {
  readonly rule: Requirement;
  /** The addresses of the stacks, in the order in which they were judged. */
  readonly stacks: readonly string[];
  readonly findings: readonly Judged[];
}

/** A line of a file as editors and terminals link to it. */
export function placeText({ file, line }: Source): string {
  return `${file}:${line}`;
}

/** Groups findings by their rule: mandatory rules first, then those with more findings. */
export function byRule(findings: readonly Judged[]): readonly RuleFindings[] {
  const groups = [...Map.groupBy(findings, (it) => it.rule)].map(([rule, ours]) => ({
    rule,
    stacks: [...new Set(ours.map((it) => it.stack))],
    findings: ours,
  }));
  return groups.toSorted(
    (a, b) => Number(b.rule.mandatory) - Number(a.rule.mandatory) || b.findings.length - a.findings.length,
  );
}
