import { ensureCatalogue } from "../../sandbox/control-plane/catalogue/catalogue.ts";
import type { Mutant } from "./mutant.ts";

/** Mutants that are no breaches, and why. */
export interface Equivalent {
  readonly reason: string;
  readonly covers: (mutant: Mutant) => boolean;
}

const catalogue = await ensureCatalogue();

/** The whole list: what is not in it must be found. */
export const EQUIVALENTS: readonly Equivalent[] = [
  {
    reason: "The provider's schema refuses it: the plan cannot be made.",
    covers: isRefused,
  },
  {
    reason: "A text for people; one that is left out is found.",
    covers: ({ operator, plain }) => /(?:^|\.)description$/.test(plain) && operator !== "leftOut",
  },
];

/** The first entry that covers a mutant. */
export function whyEquivalent(mutant: Mutant): Equivalent | undefined {
  return EQUIVALENTS.find((it) => it.covers(mutant));
}

/** Whether the mutant must be found. */
export function isBreach(mutant: Mutant): boolean {
  return whyEquivalent(mutant) === undefined;
}

function isRefused({ plans, type, urn }: Mutant): boolean {
  if (type.startsWith("pulumi:")) return false;
  const changed = plans().flatMap((it) => it.resources.filter((one) => one.urn === urn));
  return changed.some(({ inputs }) => catalogue.checkInputs(type, inputs).length > 0);
}
