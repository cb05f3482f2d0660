import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { TAG } from "../../contracts/tags.ts";
import { budgetOf, tenantBudgetOf } from "../../environments/costs/budgets.ts";
import type { EnvironmentContext } from "./context.ts";

/** A budget of the environment and one of each tenant, which tell e-mail addresses what is spent, and what will be. */
export function budgets(
  { address, provider }: EnvironmentContext,
  mails: readonly string[],
): readonly pulumi.Resource[] {
  const { name, tenants } = address.environment;
  const monthly = (child: string, budget: Pick<aws.budgets.BudgetArgs, "name" | "costFilters">, usd?: number) =>
    new aws.budgets.Budget(
      child,
      { ...budget, budgetType: "COST", timeUnit: "MONTHLY", ...amountOf(usd), notifications: notificationsTo(mails) },
      { provider },
    );
  return [
    monthly("costs", { name: `alicerce-${name}` }, budgetOf(name)),
    ...Object.keys(tenants).map((tenant) =>
      monthly(
        `costs-${tenant}`,
        { name: `alicerce-${name}-${tenant}`, costFilters: [ofTenant(tenant)] },
        tenantBudgetOf(name, tenant),
      ),
    ),
  ];
}

/** What carries the tenant's tag, once the tag is active for cost allocation (AWS Budgets, "Budget filters"). */
function ofTenant(tenant: string): aws.types.input.budgets.BudgetCostFilter {
  return { name: "TagKeyValue", values: [`user:${TAG.tenant}$${tenant}`] };
}

/** What the data allows; where it says nothing, what was spent in the last three months. */
function amountOf(
  usd: number | undefined,
): Pick<aws.budgets.BudgetArgs, "limitAmount" | "limitUnit" | "autoAdjustData"> {
  return usd === undefined
    ? { autoAdjustData: { autoAdjustType: "HISTORICAL", historicalOptions: { budgetAdjustmentPeriod: 3 } } }
    : { limitAmount: `${usd}`, limitUnit: "USD" };
}

function notificationsTo(mails: readonly string[]): aws.types.input.budgets.BudgetNotification[] {
  const over = {
    comparisonOperator: "GREATER_THAN",
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: [...mails],
  };
  return [
    { ...over, notificationType: "ACTUAL", threshold: 80 },
    { ...over, notificationType: "FORECASTED", threshold: 100 },
  ];
}
