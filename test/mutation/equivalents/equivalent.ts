import type { Mutant } from "../mutant.ts";
import { labelOf, type Statement, statementsIn } from "../operators/documents.ts";

/** Mutants that are no breaches, and why. */
export interface Equivalent {
  readonly reason: string;
  readonly covers: (mutant: Mutant) => boolean;
}

/** The statement of a policy document that a mutant changes. */
export function statementOf({ before, property }: Mutant): Statement | undefined {
  return statementsIn(before)?.find((it) => property.endsWith(` "${labelOf(it)}"`));
}
