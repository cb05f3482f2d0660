import type { Mutant } from "./mutant.ts";

/** Why mutants survive: what no rule and no proof says, by the properties that it is about. */
const REASONS: readonly (readonly [why: string, isOf: (mutant: Mutant) => boolean])[] = [];

/** Why a mutant survives. */
export function whyAlive(mutant: Mutant | undefined): string {
  if (mutant === undefined) throw new TypeError("a survivor is no mutant");
  return REASONS.find(([, isOf]) => isOf(mutant))?.[0] ?? "No rule and no proof reads it in this way yet.";
}
