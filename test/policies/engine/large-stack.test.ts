import { expect, it } from "vitest";
import { stackOf } from "../../../bench/support/plans.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { RULES } from "../../../policies/rules.ts";
import { TODAY } from "../../support/rule-tester.ts";

it("a stack of 20,000 resources is judged to its end, and one breach in it is found", async () => {
  const plan = await stackOf(20_000);
  expect(plan.resources.length).toBeGreaterThanOrEqual(20_000);
  const last = plan.resources.findLastIndex(
    ({ type, inputs }) => type === "aws:kms/key:Key" && inputs["enableKeyRotation"] === true,
  );
  const broken = plan.resources.map((it, i) =>
    i === last ? { ...it, inputs: { ...it.inputs, enableKeyRotation: false } } : it,
  );
  const { rules } = judge({ ...plan, resources: broken }, TODAY, RULES);
  expect(rules.reduce((sum, it) => sum + it.judged, 0)).toBeGreaterThan(20_000);
  const found = rules.find(({ rule }) => rule.name === "p5-encryption-keys-rotate")!;
  expect(found.violations.map(({ urn }) => urn)).toEqual([plan.resources[last]!.urn]);
});
