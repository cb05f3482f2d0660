import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../../../policies/rules/examples.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { PREMISES } from "../../../policies/engine/premises.ts";
import { RULES } from "../../../policies/rules.ts";
import { TENANT_STACK, TODAY } from "../../support/rule-tester.ts";
import { planOf } from "../programs.ts";

it("each premise has an example, by a rule of its own", () => {
  expect(EXAMPLES.map((it) => it.premise)).toEqual(PREMISES.map((it) => it.id));
  const rules = new Map(RULES.map((it) => [it.name, it.premise]));
  expect(EXAMPLES.map((it) => rules.get(it.rule))).toEqual(EXAMPLES.map((it) => it.premise));
});

describe("the example of", () => {
  it.each(EXAMPLES.map((it) => [it.rule, it] as const))("%s is judged as the page says", (_, example) => {
    const { type, name, inputs, instead, rule, says } = example;
    const said = (of: object) => {
      const plan = planOf({ type, name, inputs: { ...inputs, ...of } });
      expect(plan.stack).toBe(TENANT_STACK);
      const [verdict] = judge(
        plan,
        TODAY,
        RULES.filter((it) => it.name === rule),
      ).rules;
      return [...verdict!.violations, ...verdict!.undetermined].map((it) => it.message);
    };
    expect(said({})).toEqual([says]);
    expect(said(instead)).toEqual([]);
  });
});
