import { describe, expect, it } from "vitest";
import { parsePlan, stringifyPlan } from "../../../plan/loaders/plan-json.ts";
import { parseProvedPlan, type Refutation, stringifyProvedPlan } from "../../../plan/loaders/proved-plan.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { planOf } from "../../policies/programs.ts";

const plan = planOf({ type: "aws:kms/key:Key", name: "key", inputs: { a: UNKNOWN } });
const refutation: Refutation = { proof: "p5-a", stack: "production", urn: "urn:a", message: "It is.", steps: ["One."] };

describe("a plan with what proofs have found", () => {
  it.each([[[]], [[refutation]]])("comes back as it went: %j", (refutations) => {
    const text = stringifyProvedPlan(plan, refutations);
    expect(parseProvedPlan(text)).toEqual({ plan, refutations });
    expect(parsePlan(text)).toMatchObject(plan);
  });

  it("is refused where nothing was proved, and where what was found cannot be read", () => {
    expect(() => parseProvedPlan(stringifyProvedPlan(plan, undefined))).toThrow('a plan must have "refutations"');
    expect(() => parseProvedPlan(stringifyPlan(plan))).toThrow('a plan must have "refutations"');
    for (const it of [{}, "no", { ...refutation, steps: "one" }, { ...refutation, proof: undefined }]) {
      const text = JSON.stringify({ stack: "production", complete: true, resources: [], refutations: [it] });
      expect(() => parseProvedPlan(text)).toThrow(TypeError);
    }
  });
});
