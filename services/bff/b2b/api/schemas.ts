import { z } from "@hono/zod-openapi";

/** Text of people: no control characters but tabs and ends of lines, in Unicode's composed form (NFC). */
function text(longest: number) {
  return (
    z
      .string()
      .min(1)
      .max(longest)
      .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/, "must not hold control characters")
      // Half of a surrogate pair, which JSON can write by an escape.
      .refine((it) => it.isWellFormed(), "must be Unicode")
  );
}

/** A whole number in a query. */
function wholeNumber(least: number, most: number, unless: number) {
  return z
    .string()
    .regex(/^\d{1,6}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(unless)
    .openapi({ type: "integer", minimum: least, maximum: most, default: unless });
}

const sku = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
const line = z.strictObject({ sku, quantity: z.number().int().min(1).max(1_000) }).openapi("OrderLine");
const status = z.enum(["open", "shipped", "cancelled"]).openapi("OrderStatus");

/** An order that is to be placed. */
export const newOrder = z
  .strictObject({ lines: z.array(line).min(1).max(100), note: text(500).optional() })
  .openapi("NewOrder");

/** Why an order is cancelled. */
export const cancellation = z.strictObject({ reason: text(500) }).openapi("Cancellation");

/** An order as partners see it. */
export const order = z
  .object({
    id: z.string(),
    status,
    placedAt: z.string(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.number() })),
    note: z.string().nullable().optional(),
    cancellationReason: z.string().optional(),
  })
  .openapi("Order");

/** A page of orders; without `nextCursor` it is the last. */
export const orderPage = z.object({ orders: z.array(order), nextCursor: z.string().optional() }).openapi("OrderPage");

/** Which orders, a page at a time. */
export const orderQuery = z.object({
  status: status.optional(),
  limit: wholeNumber(1, 100, 20),
  cursor: z.string().min(1).max(300).optional(),
});

/** Which order. */
export const orderParams = z.object({ orderId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/) });

/** What is sold. */
export const product = z
  .object({
    sku: z.string(),
    name: z.string(),
    category: z.string(),
    price: z.object({ cents: z.number().int(), currency: z.string() }),
  })
  .openapi("Product");

/** Products that were found. */
export const productList = z.object({ products: z.array(product) }).openapi("ProductList");

/** Which products. */
export const productQuery = z.object({
  category: z.enum(["BOOKS", "KITCHEN", "GARDEN"]).optional(),
  name: text(100).optional(),
  limit: wholeNumber(1, 50, 20),
});

/** Which product. */
export const productParams = z.object({ sku });

/** A message to an agent; a conversation goes on by what the answer before named. */
export const agentMessage = z
  .strictObject({
    text: text(8_000),
    data: z.record(z.string(), z.unknown()).optional(),
    conversation: z.string().min(1).max(1_000).optional(),
  })
  .openapi("AgentMessage");

/** What an agent answered. Where the state is `input-required`, it waits for a further message of the same conversation. */
export const agentReply = z
  .object({
    conversation: z.string(),
    state: z.enum(["completed", "failed", "canceled", "rejected", "input-required", "auth-required"]),
    text: z.string(),
    data: z.array(z.unknown()),
    code: z.string().optional(),
  })
  .openapi("AgentReply");

/** Names a request that may be sent again (draft-ietf-httpapi-idempotency-key-header-07). */
export const onceHeaders = z.object({
  "Idempotency-Key": z
    .string()
    .regex(/^(?:"[A-Za-z0-9_.:-]{1,128}"|[A-Za-z0-9_.:-]{1,128})$/)
    .openapi({ description: "Names this request among its repetitions for 24 hours." }),
});

/** The state that a change is based on. */
export const stateHeaders = z.object({
  "If-Match": z.string().openapi({ description: "The ETag of the state that is changed (RFC 9110, 13.1.1)." }),
});
