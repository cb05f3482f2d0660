import { expect, it } from "vitest";
import { faultsOf } from "../../../environments/faults.ts";
import { environments } from "../../../environments/index.ts";
import { production } from "../../../environments/production.ts";

/** What is said of production when a tenant has these rules for the orders of its partners. */
function found(orderRules: unknown, tenant: object = {}): readonly string[] {
  const { tenants } = production;
  const changed = {
    ...production,
    tenants: { ...tenants, "xyz-gmbh": { ...tenants["xyz-gmbh"], orderRules, ...tenant } },
  };
  const keyed = faultsOf("production", { ...environments, production: changed });
  return keyed.map(({ key, message }) => `${key}: ${message}`);
}

it("takes rules that can hold", () => {
  expect(found({ mostLines: 100, mostUnits: 1, skus: ["MUG-01", "PAN.*"] })).toEqual([]);
});

it.each<[unknown, string]>([
  [{ mostLines: 0 }, "orderRules.mostLines: 0 must be a whole number from 1 to 100"],
  [{ mostLines: 101 }, "orderRules.mostLines: 101 must be a whole number from 1 to 100"],
  [{ mostUnits: 1.5 }, "orderRules.mostUnits: 1.5 must be a whole number from 1 to 100000"],
  [{ mostUnit: 1 }, "mostUnit"],
  [{ skus: [] }, "orderRules.skus: is empty"],
  [{ skus: ["(a+)+"] }, "orderRules.skus[0]: "],
  [{ skus: ["*"] }, "orderRules.skus[0]: "],
  [{ skus: Array.from({ length: 51 }, (_, i) => `S-${i}`) }, "orderRules.skus: has more than 50"],
  ["all", "orderRules: "],
])("refuses %j", (rules, words) => {
  expect(found(rules).join("\n")).toContain(words);
});

it("refuses rules of a tenant that has no partners", () => {
  const none = { scenarios: ["internal"], machines: undefined, partners: undefined, apis: undefined };
  expect(found({ mostLines: 1 }, none).join("\n")).toContain("orderRules: has nobody to hold for");
});
