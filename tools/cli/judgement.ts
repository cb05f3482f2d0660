import type { Finding, Verdict } from "../../policies/engine/judge.ts";
import type { Exempted, ExemptFinding } from "../../policies/exemptions/exempting.ts";
import type { Refutation } from "../../plan/loaders/proved-plan.ts";
import type { Plan } from "../../plan/model.ts";
import { complianceOf, type FrameworkVerdict, type Judging } from "../../policies/compliance/verdicts.ts";
import { PREMISES, type PremiseId } from "../../policies/engine/premises.ts";
import type { Requirement } from "../../policies/engine/rule.ts";
import type { PreviewMode } from "../../sandbox/control-plane/preview-mode.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { type Proved, proofFindings } from "./judging/proved.ts";

/** A rule or a proof that does not hold, or cannot be decided, of one resource of one stack. */
export interface Judged extends Finding {
  readonly rule: Requirement;
  readonly stack: string;
  /** The way to the counter-example, one sentence each; only of a proof. */
  readonly steps?: readonly string[];
}

/** What is said of one premise over all stacks: `violated` and `undetermined` count what rules and proofs find, the others rules only. */
export interface PremiseVerdict {
  readonly id: PremiseId;
  readonly title: string;
  readonly rules: number;
  readonly judged: number;
  readonly held: number;
  readonly violated: number;
  readonly undetermined: number;
}

/** One planned stack. */
export interface PlannedStack {
  readonly address: string;
  /** How many resources it declares, by `isCounted`. */
  readonly resources: number;
  readonly durationMs: number;
  readonly warnings: readonly string[];
}

/** The plans of an environment's stacks, and what the rules and the proofs say of them. */
export interface Judgement {
  readonly preview: PreviewMode;
  readonly stacks: readonly PlannedStack[];
  /** What was judged, one for each stack. */
  readonly plans: readonly Plan[];
  readonly premises: readonly PremiseVerdict[];
  /** What was proved over all stacks of the environment; absent where no proof was run. */
  readonly proved?: Proved;
  readonly violations: readonly Judged[];
  readonly undetermined: readonly Judged[];
  /** Violations that somebody has agreed to bear for a while; they close no gate. */
  readonly exempted: readonly ExemptFinding[];
  /** What that says of the controls of frameworks. */
  readonly compliance: readonly FrameworkVerdict[];
  readonly durationMs: number;
}

/** What keeps an environment from being deployed: broken mandatory rules, and undecided ones where everything should be known. */
export function obstaclesOf({ preview, violations, undetermined }: Judgement): readonly Judged[] {
  return [...violations, ...(preview === "known" ? undetermined : [])].filter((it) => it.rule.mandatory);
}

/** Those of them that proofs have found, in the form in which they are handed to the policy pack. */
export function obstaclesOfProofs(judgement: Judgement): readonly Refutation[] {
  const proofs = new Set<Requirement>(judgement.proved?.verdicts.map((it) => it.proof));
  return obstaclesOf(judgement)
    .filter((it) => proofs.has(it.rule))
    .map(({ rule, stack, urn, message, steps = [] }) => ({ proof: rule.name, stack, urn, message, steps }));
}

/** The exit code of a judgement: violated rules before those that cannot be decided, and `ok` where nothing keeps from deploying. */
export function exitCodeOfJudgement(judgement: Judgement): ExitCode {
  if (judgement.violations.some((it) => it.rule.mandatory)) return EXIT.premiseViolated;
  return obstaclesOf(judgement).length > 0 ? EXIT.undetermined : EXIT.ok;
}

/** Adds up the verdicts of stacks, and of the proofs over them, by premise; what is wrong with exemptions is violated. */
export function summarize(
  verdicts: readonly Verdict[],
  proved?: Proved,
  { exempted, faults }: Omit<Exempted, "verdicts"> = { exempted: [], faults: [] },
): Pick<Judgement, "premises" | "violations" | "undetermined" | "exempted" | "compliance"> {
  const all = verdicts.flatMap(({ stack, rules }) => rules.map((it) => ({ ...it, stack })));
  const findings = (of: "violations" | "undetermined"): readonly Judged[] => [
    ...all.flatMap((it) => distinct(it[of]).map((finding) => ({ ...finding, rule: it.rule, stack: it.stack }))),
    ...proofFindings(proved, of),
  ];
  const found = { violations: [...findings("violations"), ...faults], undetermined: findings("undetermined") };
  const premises = PREMISES.map(({ id, title }) => {
    const ours = all.filter((it) => it.rule.premise === id);
    const sum = (count: (it: (typeof ours)[number]) => number): number =>
      ours.reduce((total, it) => total + count(it), 0);
    const resourcesOf = (of: "violations" | "undetermined"): number =>
      resourcesIn(found[of].filter((it) => it.rule.premise === id));
    return {
      id,
      title,
      rules: new Set(ours.map((it) => it.rule.name)).size,
      judged: sum((it) => it.judged),
      held: sum((it) => it.held),
      violated: resourcesOf("violations"),
      undetermined: resourcesOf("undetermined"),
    };
  });
  const judging: readonly Judging[] = [
    ...all.map((it) => ({ rule: it.rule, hasJudged: it.judged > 0 })),
    ...(proved?.verdicts ?? []).map((it) => ({
      rule: it.proof,
      hasJudged: it.enumerated.some(({ count }) => count > 0),
    })),
  ];
  return { premises, ...found, exempted, compliance: complianceOf(judging, { ...found, exempted }) };
}

/** One fault of a resource may be found by several facts of a rule. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((it) => [`${it.urn} ${it.message}`, it])).values()];
}

/** Each resource counts once for each rule, and each stack by itself. */
function resourcesIn(findings: readonly Judged[]): number {
  return new Set(findings.map((it) => `${it.rule.name} ${it.stack} ${it.urn}`)).size;
}
