import { describe, expect, test } from "vitest";
import type { Finding, RuleVerdict } from "../../../policies/engine/judge.ts";
import { RULES } from "../../../policies/rules.ts";
import { exitCodeOfJudgement, type Judgement, obstaclesOf, summarize } from "../../../tools/cli/judgement.ts";

const mandatory = mandatoryRule();
const today = "2026-08-01";
const finding: Finding = { urn: "urn:a", name: "a", message: '"a" must be so.' };

describe("the verdicts of several stacks", () => {
  test("are added up by premise, each resource counted once per rule", () => {
    const rules = [
      verdict({ judged: 3, held: 1, violations: [finding, finding], undetermined: [{ ...finding, urn: "urn:b" }] }),
    ];
    const { premises, violations } = summarize([
      { stack: "one", today, rules },
      { stack: "two", today, rules },
    ]);
    const ours = premises.find((it) => it.id === mandatory.premise);
    expect(ours).toMatchObject({ rules: 1, judged: 6, held: 2, violated: 2, undetermined: 2 });
    expect(violations.map((it) => it.stack)).toEqual(["one", "two"]);
    expect(premises).toHaveLength(9);
  });
});

describe("the gate", () => {
  test("is closed by a violated mandatory rule", () => {
    expect(obstaclesOf(judgement("realistic", verdict({ violations: [finding] })))).toHaveLength(1);
  });

  test("is closed by an undecided mandatory rule where everything should be known", () => {
    const undecided = verdict({ undetermined: [finding] });
    expect(obstaclesOf(judgement("known", undecided))).toHaveLength(1);
    expect(obstaclesOf(judgement("realistic", undecided))).toHaveLength(0);
  });

  test("ends with 3 for what is violated, before 4 for what cannot be decided, and with 0 otherwise", () => {
    const undecided = verdict({ undetermined: [finding] });
    expect(exitCodeOfJudgement(judgement("known", undecided))).toBe(4);
    expect(exitCodeOfJudgement(judgement("known", verdict({ violations: [finding], undetermined: [finding] })))).toBe(
      3,
    );
    expect(exitCodeOfJudgement(judgement("realistic", undecided))).toBe(0);
    expect(exitCodeOfJudgement(judgement("known", verdict({ judged: 1, held: 1 })))).toBe(0);
  });

  test("is open where everything holds", () => {
    expect(obstaclesOf(judgement("known", verdict({ judged: 1, held: 1 })))).toEqual([]);
  });
});

function verdict(it: Partial<RuleVerdict>): RuleVerdict {
  return { rule: mandatory, judged: 0, held: 0, violations: [], undetermined: [], ...it };
}

function judgement(preview: Judgement["preview"], rule: RuleVerdict): Judgement {
  return { preview, stacks: [], plans: [], durationMs: 0, ...summarize([{ stack: "one", today, rules: [rule] }]) };
}

function mandatoryRule(): RuleVerdict["rule"] {
  const rule = RULES.find((it) => it.mandatory);
  if (rule === undefined) throw new Error("there is no such rule");
  return rule;
}
