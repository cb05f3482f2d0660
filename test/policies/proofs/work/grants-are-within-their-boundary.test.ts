import { describe, expect, it } from "vitest";
import { grantsAreWithinTheirBoundary as proven } from "../../../../policies/proofs/grants-are-within-their-boundary.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, statementsIn, withoutAction } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const all = plansOfAllEnvironments();
const POLICY = "aws:iam/policy:Policy";

function found(edit: Edit): string {
  const plans = (all.get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
  return waysOf(verdictOf(proven, ...edited(plans, edit))).join("\n");
}

it("holds in every environment", () => {
  for (const plans of all.values()) {
    const verdict = verdictOf(proven, ...plans);
    expect(waysOf(verdict)).toEqual([]);
    expect(verdict.enumerated.find((it) => it.what === "granted actions on resources")?.count).toBeGreaterThan(100);
  }
});

describe("a grant that has no effect is found:", () => {
  it.each([
    ["an event", "events:PutEvents"],
    ["a message", "sqs:SendMessage"],
    ["a grant of a key", "kms:CreateGrant"],
    ["a batch of items", "dynamodb:BatchGetItem"],
  ])("%s", (_, action) => {
    expect(found({ type: POLICY, name: "boundary", change: withoutAction("policy", action) })).toContain(
      `must grant nothing that its boundary does not allow: ${action}.`,
    );
  });

  it("what the boundary denies", () => {
    const denied = { Effect: "Deny", Action: "kms:Sign", Resource: "*" };
    const change = statementsIn("policy", (of) => [...of, denied]);
    expect(found({ type: POLICY, name: "boundary", change })).toContain("does not allow: kms:Sign.");
  });
});
