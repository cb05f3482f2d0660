import { describe, expect, test } from "vitest";
import type { Finding, RuleVerdict } from "../../../policies/engine/judge.ts";
import { CONTROL } from "../../../policies/engine/frameworks.ts";
import { proof, type ProofDefinition } from "../../../policies/engine/proof.ts";
import { RULES } from "../../../policies/rules.ts";
import {
  exitCodeOfJudgement,
  type Judgement,
  obstaclesOf,
  obstaclesOfProofs,
  summarize,
} from "../../../tools/cli/judgement.ts";
import { provedOver } from "../../../tools/cli/judging/proved.ts";
import { judgementData } from "../../../tools/cli/text/judgement-text.ts";
import { proofsSentence } from "../../../tools/cli/text/proofs-text.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { planOf } from "../../policies/programs.ts";
import { TENANT_STACK } from "../../support/rule-tester.ts";

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

describe("proofs over all stacks", () => {
  const bucket = { type: "aws:s3/bucket:Bucket", name: "b", inputs: { bucket: UNKNOWN } };
  const attacked: ProofDefinition["prove"] = (platform, record) => {
    for (const it of platform.ofType(bucket.type)) {
      record.count("buckets");
      record.violated(it, '"b" must be out of reach.', ["Somebody may read it.", 'It is "b".']);
    }
  };
  const doubtful: ProofDefinition["prove"] = (platform, record) => {
    for (const it of platform.ofType(bucket.type)) record.guarded(it, () => it.resource.at("bucket"));
  };

  test("are violated like rules, and show the way", () => {
    const it = proven(attacked);
    expect(exitCodeOfJudgement(it)).toBe(3);
    expect(it.violations).toMatchObject([
      { rule: { name: "p5-planted" }, stack: TENANT_STACK, steps: ["Somebody may read it.", 'It is "b".'] },
    ]);
    expect(it.premises.find(({ id }) => id === 5)?.violated).toBe(1);
    expect(obstaclesOfProofs(it)).toMatchObject([
      { proof: "p5-planted", stack: TENANT_STACK, steps: ["Somebody may read it.", 'It is "b".'] },
    ]);
    expect(judgementData(it)).toMatchObject({
      proofs: {
        stacks: [TENANT_STACK],
        verdicts: [{ proof: "p5-planted", verdict: "violated", enumerated: [{ what: "buckets", count: 1 }] }],
      },
      violations: [{ rule: "p5-planted", steps: ["Somebody may read it.", 'It is "b".'] }],
    });
  });

  test("that cannot be decided keep from deploying where everything should be known", () => {
    expect(exitCodeOfJudgement(proven(doubtful))).toBe(4);
    expect(exitCodeOfJudgement(proven(doubtful, "realistic"))).toBe(0);
    expect(proven(doubtful).undetermined).toMatchObject([{ path: "bucket", stack: TENANT_STACK }]);
  });

  test("that hold say over how many stacks, and where none was run that is said", () => {
    const it = proven(() => undefined);
    expect(exitCodeOfJudgement(it)).toBe(0);
    expect(proofsSentence(it.proved)).toMatch(/^1 proof over 1 stack in \d+ ms\.$/);
    expect(proofsSentence(undefined)).toContain("No proofs were run");
    expect(judgementData(judgement("known", verdict({})))).toMatchObject({ proofs: null });
  });

  test("that fail themselves are no proofs", () => {
    expect(() =>
      proven(() => {
        throw new TypeError("broken");
      }),
    ).toThrow("broken");
  });

  function proven(prove: ProofDefinition["prove"], preview: Judgement["preview"] = "known"): Judgement {
    const planted = proof({
      premise: 5,
      id: "planted",
      severity: "critical",
      description: "It is so.",
      remediation: "Make it so.",
      frameworks: [CONTROL.soc2LogicalAccess],
      prove,
    });
    const proved = provedOver([planOf(bucket)], today, [planted]);
    return { preview, stacks: [], plans: [], durationMs: 0, proved, ...summarize([], proved) };
  }
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
