import { expect, test } from "vitest";
import { type AllFound, complianceOf, type ControlWord } from "../../../policies/compliance/verdicts.ts";
import { UNCOVERED } from "../../../policies/compliance/framework.ts";
import type { Requirement } from "../../../policies/engine/rule.ts";
import { RULES } from "../../../policies/rules.ts";

const runtimes = ruleOf("p3-runtimes-run-in-the-vpc");
const NOTHING: AllFound = { violations: [], undetermined: [], exempted: [] };

function ruleOf(name: string): Requirement {
  const rule = RULES.find((it) => it.name === name);
  if (rule === undefined) throw new Error(`there is no rule ${name}`);
  return rule;
}

function wordOf(found: Partial<AllFound>, hasJudged = true): ControlWord | undefined {
  const all = complianceOf([{ rule: runtimes, hasJudged }], { ...NOTHING, ...found });
  const hub = all.find((it) => it.framework === "AWS Security Hub CSPM");
  return hub?.controls.find((it) => it.reference === "BedrockAgentCore.1")?.verdict;
}

test("a control is as its worst rule is, and holds only where something was judged", () => {
  const found = [{ rule: runtimes, urn: "urn:a", name: "a", message: '"a" must be so.' }];
  expect(wordOf({})).toBe("held");
  expect(wordOf({}, false)).toBe("not judged");
  expect(wordOf({ exempted: found })).toBe("exempt");
  expect(wordOf({ undetermined: found, exempted: found })).toBe("undetermined");
  expect(wordOf({ violations: found, undetermined: found })).toBe("violated");
});

test("a control whose rules did not run is not judged, and one without rules says why", () => {
  const all = complianceOf([{ rule: runtimes, hasJudged: true }], NOTHING).flatMap((it) => it.controls);
  expect(all.find((it) => it.reference === "KMS.4")).toMatchObject({ verdict: "not judged", rules: [] });
  expect(all.find((it) => it.reference === "CC7.4")).toMatchObject({
    verdict: "not covered",
    why: UNCOVERED.operation,
  });
});
