import { describe, expect, it } from "vitest";
import { tenantBudgetOf } from "../../../environments/costs/budgets.ts";
import { environments } from "../../../environments/index.ts";
import { resourcesOfType } from "../plans.ts";

const BUDGET = "aws:budgets/budget:Budget";

describe("the budgets of an environment", () => {
  it.each(Object.values(environments))(
    "$name are of all, and of each tenant by its tag",
    ({ name, tenants, alerts }) => {
      const planned = resourcesOfType(name, BUDGET);
      expect(planned.map((it) => it.inputs["name"]).sort()).toEqual(
        [`alicerce-${name}`, ...Object.keys(tenants).map((it) => `alicerce-${name}-${it}`)].sort(),
      );
      for (const tenant of Object.keys(tenants)) {
        const { inputs } = planned.find((it) => it.name === `costs-${tenant}`)!;
        expect(inputs["costFilters"]).toEqual([{ name: "TagKeyValue", values: [`user:alicerce:tenant$${tenant}`] }]);
        const usd = tenantBudgetOf(name, tenant);
        if (usd === undefined) expect(inputs["autoAdjustData"]).toMatchObject({ autoAdjustType: "HISTORICAL" });
        else expect(inputs["limitAmount"]).toBe(String(usd));
        const mails = alerts.filter((it) => !it.startsWith("https://"));
        for (const one of inputs["notifications"] as { subscriberEmailAddresses: string[] }[])
          expect(one.subscriberEmailAddresses).toEqual(mails);
      }
    },
  );

  it("have no amount for who is not in the data", () => {
    expect(tenantBudgetOf("production", "acme-corp")).toBe(7_000);
    expect([tenantBudgetOf("production", "constructor"), tenantBudgetOf("toString", "acme-corp")]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
