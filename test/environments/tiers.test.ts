import { describe, expect, it } from "vitest";
import { SCENARIOS } from "../../contracts/scenarios.ts";
import { faultsOf } from "../../environments/faults.ts";
import { quotasOf, tierNames } from "../../environments/quotas.ts";
import { staging } from "../../environments/staging.ts";

/** What is said of staging when its tenant chooses these tiers. */
function found(tiers: unknown): readonly string[] {
  const tenant = { ...staging.tenants["xyz-gmbh"], scenarios: ["internal", "b2b"], tiers };
  return faultsOf("staging", { staging: { ...staging, tenants: { "xyz-gmbh": tenant } } }).map(({ key }) => key);
}

describe("the tiers of a tenant", () => {
  it.each([undefined, { internal: "enterprise" }, { internal: "developer", b2b: "consumer" }])("may be %j", (tiers) => {
    expect(found(tiers)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ["a tier that nobody knows", { b2b: "unlimited" }, ".b2b"],
    ["numbers of their own", { b2b: { perHour: 1e9 } }, ".b2b"],
    ["a scenario that nobody knows", { public: "developer" }, ".public"],
    ["a scenario that the tenant does not have", { b2c: "consumer" }, ".b2c"],
  ])("are not %s", (_, tiers, member) => {
    expect(found(tiers)).toEqual([`tenants.xyz-gmbh.tiers${member}`]);
  });

  it("are the scenario's own where it chose none, and bound each scenario by the hour and the day", () => {
    const { tiers } = quotasOf({ b2c: "enterprise" });
    expect(tierNames).toEqual(["developer", "consumer", "enterprise"]);
    expect(Object.keys(tiers)).toEqual(SCENARIOS);
    expect(tiers.b2c).toEqual(quotasOf().tiers.b2b);
    expect(tiers.internal).toEqual(quotasOf().tiers.internal);
    for (const { perHour, perDay } of Object.values(tiers)) expect(perDay).toBeGreaterThanOrEqual(perHour);
  });
});
