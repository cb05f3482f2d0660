import { describe, expect, it } from "vitest";
import { parsePlan, stringifyPlan } from "../../../plan/loaders/plan-json.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { planOf } from "../../policies/programs.ts";

describe("a plan as JSON", () => {
  it("comes back as it went, with what is unknown at any depth", () => {
    const plan = planOf({
      type: "aws:kms/key:Key",
      name: "key",
      inputs: { a: UNKNOWN, b: [{ c: UNKNOWN }], d: "text" },
    });
    expect(parsePlan(stringifyPlan(plan))).toEqual(plan);
  });

  it.each(["nonsense", "{}", '{"stack":"s","complete":true,"resources":[{}]}', "null"])("refuses %s", (text) => {
    expect(() => parsePlan(text)).toThrow();
  });
});
