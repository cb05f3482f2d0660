import { describe, expect, it } from "vitest";
import { grantsAreWithinTheirBoundary as proven } from "../../../../policies/proofs/grants-are-within-their-boundary.ts";
import type { Plan } from "../../../../plan/model.ts";
import { ACCOUNT } from "../../programs.ts";
import { plansOfAllEnvironments } from "../all-environments.ts";
import { type Edit, edited, statementsIn, withoutAction } from "../edits.ts";
import { verdictOf, waysOf, XYZ } from "../platforms.ts";

const all = plansOfAllEnvironments();
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const POLICY = "aws:iam/policy:Policy";

function found(...edits: readonly Edit[]): string {
  const plans = (all.get("production") ?? []).filter(({ stack }) => XYZ.startsWith(stack));
  return waysOf(verdictOf(proven, ...edits.reduce<readonly Plan[]>(edited, plans))).join("\n");
}

/** The boundary without an action. */
function without(action: string): Edit {
  return { type: POLICY, name: "boundary", change: withoutAction("policy", action) };
}

/** What a BFF is granted once its code calls it. */
function granted(action: string, resource: string): Edit {
  const grant = { Effect: "Allow", Action: [action], Resource: `arn:aws:${resource}` };
  return { type: ROLE_POLICY, name: "bff-b2b-jobs", change: statementsIn("policy", (of) => [...of, grant]) };
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
    ["a grant of a key", "kms:CreateGrant"],
    ["an item", "dynamodb:PutItem"],
    ["a call of a function", "lambda:InvokeFunction"],
  ])("%s", (_, action) => {
    expect(found(without(action))).toContain(`must grant nothing that its boundary does not allow: ${action}.`);
  });

  it.each([
    ["an event", "events:PutEvents", `events:eu-west-1:${ACCOUNT}:event-bus/alicerce-xyz-gmbh`],
    ["a message", "sqs:SendMessage", `sqs:eu-west-1:${ACCOUNT}:bff-b2b-jobs`],
    ["a batch of items", "dynamodb:BatchGetItem", `dynamodb:eu-west-1:${ACCOUNT}:table/bff-b2b-jobs`],
  ])("%s", (_, action, resource) => {
    const grant = granted(action, resource);
    expect(found(grant)).toBe("");
    expect(found(grant, without(action))).toContain(
      `"bff-b2b-jobs" must grant nothing that its boundary does not allow: ${action}.`,
    );
  });

  it("what the boundary denies", () => {
    const denied = { Effect: "Deny", Action: "kms:Sign", Resource: "*" };
    const change = statementsIn("policy", (of) => [...of, denied]);
    expect(found({ type: POLICY, name: "boundary", change })).toContain("does not allow: kms:Sign.");
  });
});
