/** The files that partners of every tenant can send: lines of orders. */
export const BATCH_SCHEMAS = {
  "order-lines": {
    type: "object",
    required: ["sku", "quantity"],
    properties: { sku: { type: "string" }, quantity: { type: "integer", minimum: 1 }, reference: { type: "string" } },
    additionalProperties: false,
  },
} as const;
