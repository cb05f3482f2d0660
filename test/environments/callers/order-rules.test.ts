import { expect, it } from "vitest";
import { faultsWith } from "../changed-tenant.ts";

it("takes rules that can hold", () => {
  expect(faultsWith({ orderRules: { mostLines: 100, mostUnits: 1, skus: ["MUG-01", "PAN.*"] } })).toEqual([]);
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
  expect(faultsWith({ orderRules: rules }).join("\n")).toContain(words);
});

it("refuses rules of a tenant that has no partners", () => {
  const none = { scenarios: ["internal"], machines: undefined, partners: undefined, apis: undefined };
  expect(faultsWith({ orderRules: { mostLines: 1 }, ...none }).join("\n")).toContain(
    "orderRules: has nobody to hold for",
  );
});
