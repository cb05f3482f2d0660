import type { OrderRules } from "../../../../contracts/bff/order-rules.ts";
import { skuPattern } from "../business/order-rules.ts";
import type { RecordSchemas } from "./checking/row-checker.ts";

/** The files that partners of a tenant can send: lines of orders, which are by the tenant's rules. */
export function batchSchemas({ mostUnits, skus }: OrderRules): RecordSchemas {
  return {
    "order-lines": {
      type: "object",
      required: ["sku", "quantity"],
      properties: {
        sku: { type: "string", ...(skus !== undefined && { pattern: skuPattern(skus) }) },
        quantity: { type: "integer", minimum: 1, ...(mostUnits !== undefined && { maximum: mostUnits }) },
        reference: { type: "string" },
      },
      additionalProperties: false,
    },
  };
}
