import { Problem } from "../../libraries/service-kit/problem.ts";

/** The meaning of a term, whatever its case; throws `ERR_TERM_UNKNOWN`. */
export function meaningOf(terms: ReadonlyMap<string, string>, term: string): string {
  const wanted = term.toLowerCase();
  const found = [...terms].find(([it]) => it.toLowerCase() === wanted);
  if (found !== undefined) return found[1];
  throw new Problem("ERR_TERM_UNKNOWN", "no such term", "this term is not explained here", { field: "term" });
}
