import type { Day } from "../../../contracts/day.ts";
import type { Plan } from "../../../plan/model.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { type Proof, type ProofFinding, type ProofVerdict, prove } from "../../../policies/engine/proof.ts";

/** What the proofs say of the stacks that they were given, all together. */
export interface Proved {
  /** The addresses of the stacks. */
  readonly stacks: readonly string[];
  readonly verdicts: readonly TimedVerdict[];
}

/** The verdict of a proof, and how long the proof took. */
export interface TimedVerdict extends ProofVerdict {
  readonly durationMs: number;
}

/** Runs proofs over the plans of all stacks of an environment. An error in a proof is thrown: nothing is taken for proven. */
export function provedOver(plans: readonly Plan[], today: Day, proofs: readonly Proof[]): Proved {
  const platform = new Platform(plans, today);
  const verdicts = proofs.flatMap((it) => {
    const began = performance.now();
    return prove(platform, [it]).map((verdict) => ({ ...verdict, durationMs: performance.now() - began }));
  });
  return { stacks: plans.map((it) => it.stack), verdicts };
}

/** The findings of proofs, each with the proof in the place of a rule. */
export function proofFindings(
  proved: Proved | undefined,
  of: "violations" | "undetermined",
): readonly (ProofFinding & { readonly rule: Proof })[] {
  return (proved?.verdicts ?? []).flatMap((it) => it[of].map((finding) => ({ ...finding, rule: it.proof })));
}
