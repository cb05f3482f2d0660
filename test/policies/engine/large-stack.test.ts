import { expect, it } from "vitest";
import type { Plan } from "../../../plan/model.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { RULES } from "../../../policies/rules.ts";
import { plans, XYZ } from "../../infra/plans.ts";
import { TODAY } from "../../support/rule-tester.ts";

/** A tenant's stack with each resource so often that there are as many as that: copies have URNs of their own, and the inputs of the first. */
function stackOf(size: number): Plan {
  const { plan } = plans.get(XYZ)!;
  const copies = Math.ceil(size / plan.resources.length);
  const resources = Array.from({ length: copies }, (_, i) =>
    i === 0 ? plan.resources : plan.resources.map((it) => ({ ...it, urn: `${it.urn}-${i}` })),
  ).flat();
  return { ...plan, resources };
}

it("a stack of 20,000 resources is judged to its end, and one breach in it is found", () => {
  const plan = stackOf(20_000);
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
