import { beforeAll, describe, expect, it } from "vitest";
import { faultsOf } from "../../../environments/faults.ts";
import { environments } from "../../../environments/index.ts";
import { production } from "../../../environments/production.ts";
import type { Plan, PlannedResource } from "../../../plan/model.ts";
import { Platform } from "../../../policies/engine/platform.ts";
import { prove } from "../../../policies/engine/proof.ts";
import { partsFitTogether } from "../../../policies/proofs/parts-fit-together.ts";
import { failoverFollowsHealth } from "../../../policies/premise-7-observability/failover-follows-health.ts";
import { namesStayInTheResidency } from "../../../policies/residency/names-stay-in-the-residency.ts";
import { judgeStack } from "../../../policies/engine/judge.ts";
import { planStacks } from "../../../tools/offline-planner/plan.ts";
import { edited, set } from "../../policies/proofs/edits.ts";
import { TODAY } from "../../support/rule-tester.ts";

const RECORD = "aws:route53/record:Record";
const HOME = "production.us-east-1";
const STANDBY = "production.us-west-2";
const [WEST, EAST] = [production.regions["us-west-2"]!, production.regions["us-east-1"]!];

/** The shipped environment, of which these countries are near a region. */
const near = (region: string, settings: object, countries: readonly string[], tenants: object = {}) => ({
  ...production,
  regions: { ...production.regions, [region]: { ...settings, near: countries } },
  tenants: { ...production.tenants, ...tenants },
});
const faults = (it: object): readonly string[] =>
  faultsOf("production", { ...environments, production: it }).map(({ key, message }) => `${key}: ${message}`);

describe("a region that is near some countries", () => {
  const known = { production: near("us-west-2", WEST, ["CA", "MX"]) };
  let plans: readonly Plan[];
  beforeAll(async () => {
    plans = (await planStacks([HOME, STANDBY], { preview: "known", known })).map(({ plan }) => plan);
  });
  const inputsOf = (stack: string, name: string): PlannedResource["inputs"] =>
    plans.find((it) => it.stack === stack)!.resources.find((it) => it.type === RECORD && it.name === name)!.inputs;
  const fits = (of: readonly Plan[]): readonly string[] =>
    prove(new Platform(of, TODAY, known), [partsFitTogether]).flatMap((it) => it.violations.map((one) => one.message));
  const ofNames = (messages: readonly string[]): readonly string[] => messages.filter((it) => it.includes('"bff-'));

  it("answers them, and its home everybody else", () => {
    const name = "*.b2c.us.agents.example.com";
    expect(inputsOf(HOME, "bff-b2c-elsewhere")).toMatchObject({
      name,
      geolocationRoutingPolicies: [{ country: "*" }],
      aliases: [{ name: "_home.b2c.us.agents.example.com", evaluateTargetHealth: true }],
    });
    for (const country of ["CA", "MX"])
      expect(inputsOf(STANDBY, `bff-b2c-${country}`)).toMatchObject({
        name,
        geolocationRoutingPolicies: [{ country }],
        aliases: [{ name: "_near.b2c.us.agents.example.com", evaluateTargetHealth: true }],
      });
  });

  it.each([
    ["home", HOME, "PRIMARY"],
    ["home", STANDBY, "SECONDARY"],
    ["near", HOME, "SECONDARY"],
    ["near", STANDBY, "PRIMARY"],
  ])("and the other one stand in for each other: %s in %s is %s", (which, stack, type) => {
    const { name, failoverRoutingPolicies, healthCheckId } = inputsOf(stack, `bff-b2b-${which}`);
    expect(name).toBe(`_${which}.b2b.us.agents.example.com`);
    expect(failoverRoutingPolicies).toEqual([{ type }]);
    expect(healthCheckId).toEqual(expect.any(String));
  });

  it("holds the rules and the proof on names", () => {
    for (const stack of new Platform(plans, TODAY, known).stacks)
      for (const { violations, undetermined } of judgeStack(stack, [failoverFollowsHealth, namesStayInTheResidency])
        .rules)
        expect([...violations, ...undetermined]).toEqual([]);
    expect(ofNames(fits(plans))).toEqual([]);
  });

  it("is found out without a default, and where it leads to what does not fail over", () => {
    const withoutDefault = edited(plans, { type: RECORD, name: "bff-b2c-elsewhere" });
    expect(ofNames(fits(withoutDefault))).toEqual([
      '"bff-b2c-CA" must be beside a default record of its name.',
      '"bff-b2c-MX" must be beside a default record of its name.',
    ]);
    const alone = edited(plans, { type: RECORD, name: "bff-b2c-near", change: set(["failoverRoutingPolicies"], []) });
    expect(ofNames(fits(alone))).toContain(
      '"bff-b2c-CA" must lead to a name that fails over, with a primary and a secondary.',
    );
  });
});

describe("countries that are near a region", () => {
  it("may be there where each tenant with a BFF is in both regions", () => {
    expect(faults(near("us-west-2", WEST, ["CA"]))).toEqual([]);
    const one = { ...production.tenants["acme-corp"], regions: ["us-east-1"] };
    expect(faults(near("us-west-2", WEST, ["CA"], { "acme-corp": one }))).toEqual([
      expect.stringContaining("tenants.acme-corp.regions:"),
    ]);
  });

  it.each([
    ["the home of a residency", near("us-east-1", EAST, ["US"]), /regions\.us-east-1\.near: us-east-1 is the home/],
    ["no country", near("us-west-2", WEST, ["Canada"]), /regions\.us-west-2\.near\[0\]: "Canada" must be a country/],
    ["nowhere", near("us-west-2", WEST, []), /regions\.us-west-2\.near/],
  ])("are not near %s", (_, it, message) => {
    expect(faults(it)).toEqual([expect.stringMatching(message)]);
  });
});

it("the shipped environments lead nobody by where they are", () => {
  for (const { regions } of Object.values(environments))
    expect(Object.values(regions).filter((it) => it.near !== undefined)).toEqual([]);
});
