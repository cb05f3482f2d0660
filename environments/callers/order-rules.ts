import { ORDER_RULE_LIMITS, type OrderRules, SKU_RULE } from "../../contracts/bff/order-rules.ts";
import type * as z from "zod";
import type { Scenario } from "../../contracts/scenarios.ts";
import { record, some, text, wholeNumber } from "../wording.ts";

/** What a tenant takes of its partners' orders, as `OrderRules`; as data, so that no code of a tenant runs. */
export const orderRules = record({
  mostLines: wholeNumber(1, ORDER_RULE_LIMITS.lines).optional(),
  mostUnits: wholeNumber(1, ORDER_RULE_LIMITS.units).optional(),
  skus: some(text(SKU_RULE, 'an article number such as "MUG-01", or how some begin, such as "MUG-*"'))
    .refine((it) => it.length <= ORDER_RULE_LIMITS.skus, { error: `has more than ${ORDER_RULE_LIMITS.skus}` })
    .optional(),
});

/** Only a tenant that has partners can have rules for their orders. */
export function rulesFit({
  value,
  issues,
}: z.core.ParsePayload<{
  readonly scenarios: readonly Scenario[];
  readonly orderRules?: OrderRules | undefined;
}>): void {
  if (value.orderRules === undefined || value.scenarios.includes("b2b")) return;
  const message = "has nobody to hold for: the tenant has no scenario b2b";
  issues.push({ code: "custom", input: value.orderRules, path: ["orderRules"], message });
}
