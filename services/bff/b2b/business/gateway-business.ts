import { z } from "zod";
import type { GatewayClient } from "../../../libraries/gateway-client/gateway-client.ts";
import { ApiProblem } from "../../library/api-problem.ts";
import type { OrderQuery, PartnerBusiness, ProductQuery } from "./business.ts";

const LONGEST_CALL_MS = 15_000;

const orderOfBackend = z.object({
  id: z.string(),
  customerId: z.string(),
  status: z.enum(["open", "shipped", "cancelled"]),
  placedAt: z.string(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number() })),
  note: z.string().nullish(),
  cancellationReason: z.string().optional(),
});
const product = z.object({
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  price: z.object({ cents: z.number(), currency: z.string() }),
});
const orderPage = z.object({ orders: z.array(orderOfBackend), nextCursor: z.string().optional() });
const answer = z.object({ data: z.unknown() });

type BackendOrder = z.output<typeof orderOfBackend>;

/**
 * What the tenant's systems do, by the tools of its B2B gateway (premise 1) and as the BFF's own machine: no model stands between a
 * partner's order and the tool. Which customer a call is for is decided here, by the partner's account.
 */
export class GatewayBusiness implements PartnerBusiness {
  private readonly gateway: Pick<GatewayClient, "callTool">;

  constructor(gateway: Pick<GatewayClient, "callTool">) {
    this.gateway = gateway;
  }

  async orders(customerId: string, query: OrderQuery) {
    const page = await this.call("orders_listOrders", { ...query, customerId }, orderPage);
    return {
      // A backend that does not filter must not become a leak.
      orders: page.orders.filter((it) => it.customerId === customerId).map(withoutCustomer),
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
    };
  }

  async order(customerId: string, orderId: string) {
    const order = await this.call("orders_getOrder", { orderId }, orderOfBackend);
    if (order.customerId !== customerId) throw new ApiProblem("not-found", "there is no such order");
    return withoutCustomer(order);
  }

  async place(customerId: string, order: Parameters<PartnerBusiness["place"]>[1], key: string) {
    const args = { body: { ...order, customerId }, "Idempotency-Key": key };
    return withoutCustomer(await this.call("orders_createOrder", args, orderOfBackend));
  }

  async cancel(customerId: string, orderId: string, reason: string) {
    await this.order(customerId, orderId);
    return withoutCustomer(await this.call("orders_cancelOrder", { orderId, body: { reason } }, orderOfBackend));
  }

  async products({ first, ...filter }: ProductQuery) {
    const { products } = await this.call(
      "catalog_findProducts",
      { first, filter },
      z.object({ products: z.array(product) }),
    );
    return products;
  }

  async product(sku: string) {
    const found = await this.call("catalog_getProduct", { sku }, z.object({ product: product.nullable() }));
    if (found.product === null) throw new ApiProblem("not-found", "there is no such product");
    return found.product;
  }

  private async call<Schema extends z.ZodType>(name: string, args: object, schema: Schema): Promise<z.output<Schema>> {
    const result = await this.gateway
      .callTool(`api-integration___${name}`, { ...args }, AbortSignal.timeout(LONGEST_CALL_MS))
      .catch((cause: unknown) => {
        throw new ApiProblem("unavailable", "the tenant's systems cannot be reached", { retryAfterSeconds: 5, cause });
      });
    if (result.isError === true) throw refusal(result.content);
    const read = schema.safeParse(answer.safeParse(result.structuredContent).data?.data);
    if (read.success) return read.data;
    throw new ApiProblem("agent-failed", "the tenant's systems gave no answer that can be used", { cause: read.error });
  }
}

/** What a backend refuses is for the caller to mend; anything else is not, and may pass. */
function refusal(content: readonly unknown[]): ApiProblem {
  const text = JSON.stringify(content);
  const status = /the backend answered (\d{3})/.exec(text)?.[1];
  const cause = new Error(text.slice(0, 1_000));
  if (status === "404") return new ApiProblem("not-found", "there is no such resource", { cause });
  if (status === "409") return new ApiProblem("conflict", "the state of the resource does not allow this", { cause });
  if (status?.startsWith("4") === true)
    return new ApiProblem("invalid", "the tenant's systems refuse what the request says", { cause });
  return new ApiProblem("unavailable", "the tenant's systems do not answer", { retryAfterSeconds: 5, cause });
}

function withoutCustomer({ id, status, placedAt, lines, note, cancellationReason }: BackendOrder) {
  return {
    id,
    status,
    placedAt,
    lines,
    ...(note !== undefined && { note }),
    ...(cancellationReason !== undefined && { cancellationReason }),
  };
}
