import type { Aim, Judged } from "./judging.ts";

/** What each mutant is counted for on the page, in its order. */
export const AIMS: readonly Aim[] = [1, 2, 3, 4, 5, 6, 7, 8, "residency", "liveness"];

/** The mutants of which a rule or a proof speaks. */
export function killedOf(results: readonly Judged[]): readonly Judged[] {
  return results.filter(({ killers }) => killers.length > 0);
}

/** How many mutants rules and proofs of each aim find; one that several find counts for each. */
export function countsByAim(results: readonly Judged[]): ReadonlyMap<Aim, number> {
  return new Map(AIMS.map((aim) => [aim, results.filter((it) => it.killers.some((by) => by.aim === aim)).length]));
}

/** The share of the mutants that are found, in per cent with one decimal, cut and not rounded. */
export function scoreOf(results: readonly Judged[]): number {
  return Math.floor((killedOf(results).length / results.length) * 1000) / 10;
}
