import type { Partner } from "../partners/partner.ts";

/** A line of an order. */
export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
}

/** An order of the customer on whose account a partner orders. */
export interface Order {
  readonly id: string;
  readonly status: "open" | "shipped" | "cancelled";
  /** RFC 3339. */
  readonly placedAt: string;
  readonly lines: readonly OrderLine[];
  readonly note?: string | null;
  readonly cancellationReason?: string;
}

/** What the tenant sells. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  /** In hundredths of the currency (ISO 4217). */
  readonly price: { readonly cents: number; readonly currency: string };
}

/** Which orders, and which page of them. */
export interface OrderQuery {
  readonly status?: Order["status"];
  readonly limit: number;
  /** What the page before named; absent for the first. */
  readonly cursor?: string;
}

/** Which products. */
export interface ProductQuery {
  readonly category?: string;
  readonly nameContains?: string;
  readonly first: number;
}

/** What the systems of the tenant do for a partner, always for the customer on whose account it orders: an order of another customer is not there. */
export interface PartnerBusiness {
  orders(
    partner: Partner,
    query: OrderQuery,
  ): Promise<{ readonly orders: readonly Order[]; readonly nextCursor?: string }>;
  /** Throws `ApiProblem` 404 for an order that is not the customer's. */
  order(partner: Partner, orderId: string): Promise<Order>;
  /** The same key never places a second order. */
  place(
    partner: Partner,
    order: { readonly lines: readonly OrderLine[]; readonly note?: string | undefined },
    key: string,
  ): Promise<Order>;
  /** Throws `ApiProblem` 404, and 409 for one that is shipped. Cancelling again changes nothing. */
  cancel(partner: Partner, orderId: string, reason: string): Promise<Order>;
  products(partner: Partner, query: ProductQuery): Promise<readonly Product[]>;
  /** Throws `ApiProblem` 404 for what is not sold. */
  product(partner: Partner, sku: string): Promise<Product>;
}
