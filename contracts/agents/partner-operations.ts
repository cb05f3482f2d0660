import * as z from "zod";

const orderId = z.string().min(1).max(128);
const sku = z.string().min(1).max(64);
const line = z.strictObject({ sku, quantity: z.int().positive() });

/**
 * Schema of what the BFF of partners asks `integration-processor` to do in the systems of the tenant, as JSON. It never says for which
 * customer: that is in the context token, where no partner can write it.
 */
export const partnerOperationSchema = z.discriminatedUnion("operation", [
  z.strictObject({
    operation: z.literal("list-orders"),
    status: z.enum(["open", "shipped", "cancelled"]).optional(),
    limit: z.int().positive(),
    /** What the page before named. */
    cursor: z.string().optional(),
  }),
  z.strictObject({ operation: z.literal("get-order"), orderId }),
  z.strictObject({
    operation: z.literal("place-order"),
    lines: z.array(line).min(1),
    note: z.string().optional(),
    /** The same key never places a second order. */
    key: z.string().min(1).max(128),
  }),
  z.strictObject({ operation: z.literal("cancel-order"), orderId, reason: z.string() }),
  z.strictObject({
    operation: z.literal("find-products"),
    first: z.int().positive(),
    category: z.string().optional(),
    nameContains: z.string().optional(),
  }),
  z.strictObject({ operation: z.literal("get-product"), sku }),
]);

/** One of them. */
export type PartnerOperation = z.infer<typeof partnerOperationSchema>;

/** The right of a partner that each of them takes, among the permissions of the context token. */
export const OPERATION_RIGHT: { readonly [Name in PartnerOperation["operation"]]: string } = {
  "list-orders": "orders:read",
  "get-order": "orders:read",
  "place-order": "orders:write",
  "cancel-order": "orders:write",
  "find-products": "products:read",
  "get-product": "products:read",
};

/** Why one is refused or fails: the codes of `integration-processor`. */
export const OPERATION_FAULT = {
  notFound: "ERR_RECORD_NOT_FOUND",
  conflict: "ERR_RECORD_STATE",
  invalid: "ERR_RECORD_INVALID",
  unavailable: "ERR_SYSTEMS_UNAVAILABLE",
} as const;

const CUSTOMER = "customer:";
const ID = /^[a-z][a-z0-9-]{0,63}$/;

/** The permission to act for one customer of the tenant; throws `TypeError` for an id that a permission cannot hold. */
export function customerPermission(customerId: string): string {
  if (!ID.test(customerId)) throw new TypeError(`a customer's id must match ${String(ID)} for partners to act for it`);
  return `${CUSTOMER}${customerId}`;
}

/** The customers for whom permissions let act. */
export function customersIn(permissions: readonly string[]): readonly string[] {
  return permissions.filter((it) => it.startsWith(CUSTOMER)).map((it) => it.slice(CUSTOMER.length));
}

/** The one customer for whom permissions let act; nothing where they name none, or several. */
export function customerIn(permissions: readonly string[]): string | undefined {
  const [first, ...others] = customersIn(permissions);
  return others.length === 0 ? first : undefined;
}
