import { describe, expect, it } from "vitest";
import { environments } from "../../../environments/index.ts";
import { priceIn, PRICES } from "../../../environments/costs/prices.ts";
import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { costsBy, estimate, isAboveBudget } from "../../../tools/cost/estimate.ts";
import { leversOf } from "../../../tools/cost/levers.ts";
import { costData, costText } from "../../../tools/cli/text/cost-text.ts";
import { plans } from "../../infra/plans.ts";
import { TODAY } from "../../support/rule-tester.ts";

const NAT = "aws:ec2/natGateway:NatGateway";
const BUDGET = "aws:budgets/budget:Budget";
const plansOf = (name: string): readonly Plan[] =>
  [...plans.values()].map(({ plan }) => plan).filter(({ stack }) => stack.split(".", 1)[0] === name);
const estimated = (all: readonly Plan[]) => estimate(all, TODAY, environments);
const changed = (all: readonly Plan[], change: (it: PlannedResource) => readonly PlannedResource[]): readonly Plan[] =>
  all.map((plan) => ({ ...plan, resources: plan.resources.flatMap(change) }));

describe.each(Object.keys(environments))("the estimate of %s", (name) => {
  const it_ = estimated(plansOf(name));

  it("is within the budget that the plan itself has", () => {
    expect(it_.budgetUsd).toBeGreaterThan(0);
    expect(isAboveBudget(it_)).toBe(false);
  });

  it.each(["layer", "stack", "service", "category"] as const)("is the sum of its parts by %s", (key) => {
    const sum = [...costsBy(it_.lines, (line) => line[key]).values()].reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(it_.usd, 6);
  });

  it("has costs of each region and of each tenant", () => {
    const { regions, tenants } = environments[name]!;
    expect([...costsBy(it_.lines, (line) => line.region ?? "").keys()]).toEqual(
      expect.arrayContaining(Object.keys(regions)),
    );
    expect([...costsBy(it_.lines, (line) => line.tenant ?? "").keys()]).toEqual(
      expect.arrayContaining(Object.keys(tenants)),
    );
  });
});

describe("what is planned changes the estimate", () => {
  const staging = plansOf("staging");
  const before = estimated(staging);

  it("by the price of each NAT gateway more, in its region", () => {
    const twice = changed(staging, (it) => (it.type === NAT ? [it, { ...it, name: `${it.name}-2` }] : [it]));
    const count = staging.flatMap((it) => it.resources).filter((it) => it.type === NAT).length;
    expect(count).toBe(3);
    expect(estimated(twice).usd - before.usd).toBeCloseTo(count * 730 * priceIn("nat-gateway", "eu-west-1"), 6);
  });

  it("above a budget that is too small, and says how to mend it", () => {
    const poor = changed(staging, (it) =>
      it.type === BUDGET ? [{ ...it, inputs: { ...it.inputs, limitAmount: "1000" } }] : [it],
    );
    const found = estimated(poor);
    expect(isAboveBudget(found)).toBe(true);
    expect(costText(found, "eks")).toMatch(
      /above the budget of 1,000: raise the amount in environments\/costs\/budgets.ts/,
    );
    expect(costData(found)).toMatchObject({ isAboveBudget: true, budgetUsd: 1_000 });
  });

  it("to nobody's surprise where no amount is planned", () => {
    const without = estimated(changed(staging, (it) => (it.type === BUDGET ? [] : [it])));
    expect(isAboveBudget(without)).toBe(false);
    expect(costText(without, "eks")).toContain("the budget follows what is spent");
  });

  it("by what Spot capacity saves, for the one agent that may be interrupted", () => {
    const onDemand = changed(staging, (it) => {
      if (it.name !== "agent-data-transformer" || !it.type.endsWith(":Deployment")) return [it];
      const inputs = structuredClone(it.inputs) as {
        spec: { template: { spec: { nodeSelector: Record<string, string> } } };
      };
      inputs.spec.template.spec.nodeSelector["karpenter.sh/capacity-type"] = "on-demand";
      return [{ ...it, inputs: inputs }];
    });
    expect(before.savedBySpotUsd).toBeGreaterThan(0);
    expect(estimated(onDemand).savedBySpotUsd).toBe(0);
    expect(estimated(onDemand).usd - before.usd).toBeCloseTo(before.savedBySpotUsd, 6);
    expect(leversOf(before)[0]).toMatchObject({
      name: "Spot Instances",
      state: "built",
      savedUsd: before.savedBySpotUsd,
    });
  });
});

it("has a source and a positive price for everything, in each region", () => {
  for (const [name, { source, usd }] of Object.entries(PRICES)) {
    expect(source, name).toMatch(/\w/);
    for (const it of Object.values(usd)) expect(it, name).toBeGreaterThan(0);
  }
});
