import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isBreach } from "./equivalents/equivalents.ts";
import { faultsOf, judged } from "./judging.ts";
import { mutantsOf } from "./mutants.ts";
import { PAGE, scoreOn, survivorsOn } from "./page.ts";
import { plansOfSubjects, subjectsOf } from "./subjects.ts";

/** Each of so many mutants is judged; a prime, so that no operator is passed over. */
const STEP = 41;

/** The share of mutants that is found, in per cent: it may rise. */
const FLOOR = 97.5;

const text = readFileSync(PAGE, "utf8");
const survivors = survivorsOn(text);
const planned = await plansOfSubjects();
const mutants = mutantsOf(subjectsOf(planned)).filter(isBreach);
const sample = mutants.filter(({ id }, i) => i % STEP === 0 && !survivors.has(id));

describe("the page on mutation", () => {
  it("tells of the mutants that there are: a tenth may have come or gone since it was written", () => {
    const told = Number(/\*\*(\d+) mutants, /.exec(text)?.[1]);
    expect(Math.abs(told - mutants.length)).toBeLessThan(mutants.length / 10);
  });

  it("has a score that does not fall", () => {
    expect(scoreOn(text)).toBeGreaterThanOrEqual(FLOOR);
  });
});

describe("the plans that are changed", () => {
  it.each(["production", "development"] as const)("hold before that in %s", (environment) => {
    expect(faultsOf(planned[environment])).toEqual([]);
  });
});

describe("mutants that the page calls found", () => {
  it("are at least sixty in the sample", () => {
    expect(sample.length).toBeGreaterThanOrEqual(60);
  });

  it.each(sample.map((it) => [it.id, it] as const))("%s", (_, mutant) => {
    expect(judged(mutant).killers).not.toEqual([]);
  });
});
