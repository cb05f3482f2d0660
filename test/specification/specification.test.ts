import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../architecture/sources.ts";
import { problemsOf } from "./evidence.ts";
import { COMMAND, page, PAGE } from "./page.ts";
import { SECTIONS } from "./sections.ts";

const ROWS = SECTIONS.flatMap(([, rows]) => rows);

describe("the page of coverage", () => {
  test("is as the rows have it", () => {
    expect(readFileSync(path.join(ROOT, PAGE), "utf8"), `write it again: ${COMMAND}`).toBe(page());
  });

  test("has each id once", () => {
    expect(ROWS.map(({ id }) => id)).toEqual([...new Set(ROWS.map(({ id }) => id))]);
  });

  test("points to files, rules, proofs, tests and decisions that exist", () => {
    expect(ROWS.flatMap((row) => problemsOf(row).map((it) => `${row.id}: ${it}`))).toEqual([]);
  });

  test.each([
    ["a file that is not there", { code: ["infra/nowhere.ts"] }, "there is no infra/nowhere.ts"],
    ["a rule that is not there", { rules: ["p1-nothing"] }, "there is no rule p1-nothing"],
    ["a proof that is not there", { proofs: ["nothing-is-proved"] }, "there is no proof nothing-is-proved"],
    ["a decision that is not there", { decisions: ["nothing"] }, 'docs/decisions.md has no row "nothing"'],
    ["no test of what is built", { code: ["LICENSE"] }, "built, and no rule, proof or test holds it"],
    ["no code of what is built", {}, "built, and no code is named"],
  ])("tells %s", (_, names, problem) => {
    expect(problemsOf({ id: "X.1", asks: "“X”", status: "built", ...names })).toContain(problem);
  });
});
