import * as z from "zod";
import { ORDER_RULE_LIMITS, type OrderRules, SKU_RULE } from "../../../../contracts/bff/order-rules.ts";
import { ApiProblem, type RequestFault } from "../../library/api-problem.ts";
import type { OrderLine, PartnerBusiness } from "./business.ts";

/** The rules as the process is given them. */
export const orderRulesSchema = z.strictObject({
  mostLines: z.int().min(1).max(ORDER_RULE_LIMITS.lines).optional(),
  mostUnits: z.int().min(1).max(ORDER_RULE_LIMITS.units).optional(),
  skus: z.array(z.string().regex(SKU_RULE)).min(1).max(ORDER_RULE_LIMITS.skus).readonly().optional(),
});

/** The business of a tenant that takes only orders by its rules; others are refused with 422, and the rules that they break are named. */
export function byRules(business: PartnerBusiness, rules: OrderRules): PartnerBusiness {
  return {
    orders: business.orders.bind(business),
    order: business.order.bind(business),
    cancel: business.cancel.bind(business),
    products: business.products.bind(business),
    product: business.product.bind(business),
    place(partner, order, key) {
      const errors = faultsOf(order.lines, rules);
      if (errors.length > 0) throw new ApiProblem("invalid", "the tenant takes no such order", { errors });
      return business.place(partner, order, key);
    },
  };
}

function faultsOf(lines: readonly OrderLine[], { mostLines, mostUnits, skus }: OrderRules): readonly RequestFault[] {
  const units = lines.reduce((sum, it) => sum + it.quantity, 0);
  const sold = skus && new RegExp(skuPattern(skus));
  return [
    ...(mostLines !== undefined && lines.length > mostLines
      ? [{ pointer: "/lines", detail: `must have at most ${mostLines} lines (rule mostLines)` }]
      : []),
    ...(mostUnits !== undefined && units > mostUnits
      ? [{ pointer: "/lines", detail: `must be of at most ${mostUnits} units together (rule mostUnits)` }]
      : []),
    ...lines.flatMap(({ sku }, i) =>
      sold === undefined || sold.test(sku)
        ? []
        : [{ pointer: `/lines/${i}/sku`, detail: "is none that partners may order (rule skus)" }],
    ),
  ];
}

/** The JSON Schema's pattern, or the regular expression, of what may be ordered. */
export function skuPattern(skus: readonly string[]): string {
  // Of what an article number may hold, a dot alone means something in a pattern.
  const alternatives = skus.map((it) => it.replaceAll(".", "\\.").replace(/\*$/, ".*"));
  return `^(?:${alternatives.join("|")})$`;
}
