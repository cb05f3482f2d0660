import type { CallToolResult } from "@modelcontextprotocol/client";
import * as z from "zod";
import { OPERATION_FAULT, type PartnerOperation } from "../../../../contracts/agents/partner-operations.ts";
import { RECORD_UNKNOWN, TOOL_ERROR_META } from "../../../../contracts/server-contract.ts";
import type { GatewayClient } from "../../../libraries/gateway-client/gateway-client.ts";
import { Problem } from "../../../libraries/service-kit/problem.ts";

const order = z.object({
  id: z.string(),
  customerId: z.string(),
  status: z.enum(["open", "shipped", "cancelled"]),
  placedAt: z.string(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number() })),
  note: z.string().nullish(),
  cancellationReason: z.string().optional(),
});
const orderPage = z.object({ orders: z.array(order), nextCursor: z.string().optional() });
const products = z.object({ products: z.array(z.unknown()) });
const productOrNone = z.object({ product: z.unknown() });
const answer = z.object({ data: z.unknown(), notices: z.array(z.string()).optional() });

type Order = z.output<typeof order>;
type Of<Name> = Extract<PartnerOperation, { readonly operation: Name }>;

/** How a tool is called, and what it is called through. */
export interface SystemsCall {
  readonly gateway: Pick<GatewayClient, "callTool">;
  /** The customer for whom all is done. */
  readonly customerId: string;
  /** The context token of the partner. */
  readonly onBehalfOf: string;
  readonly signal: AbortSignal;
}

/**
 * Does an operation by the tools of the tenant's B2B gateway (premise 1), for one customer: an order of another customer is not there.
 * Throws `Problem` with a code of `OPERATION_FAULT`.
 */
export async function inSystems(asked: PartnerOperation, call: SystemsCall): Promise<unknown> {
  switch (asked.operation) {
    case "list-orders":
      return ordersOf(asked, call);
    case "get-order":
      return withoutCustomer(await orderOf(asked.orderId, call));
    case "place-order":
      return placed(asked, call);
    case "cancel-order":
      return cancelled(asked, call);
    case "find-products": {
      const { first, category, nameContains } = asked;
      const filter = {
        ...(category !== undefined && { category }),
        ...(nameContains !== undefined && { nameContains }),
      };
      return (await tool("catalog_findProducts", { first, filter }, { call, schema: products })).products;
    }
    case "get-product":
      return productOf(asked, call);
  }
}

async function ordersOf({ status, limit, cursor }: Of<"list-orders">, call: SystemsCall) {
  const { customerId } = call;
  const which = { customerId, ...(status !== undefined && { status }), ...(cursor !== undefined && { cursor }) };
  const page = await wholePage(limit, (size) =>
    tool("orders_listOrders", { limit: size, ...which }, { call, schema: orderPage }),
  );
  return {
    // A backend that does not filter must not become a leak.
    orders: page.orders.filter((it) => it.customerId === customerId).map(withoutCustomer),
    ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
  };
}

/** A page that nothing was left out of, smaller than wanted if need be: what is cut off stands on no other page. */
async function wholePage<Page>(limit: number, ask: (size: number) => Promise<Page>): Promise<Page> {
  for (let size = limit; ; size = Math.floor(size / 2)) {
    try {
      return await ask(size);
    } catch (error) {
      if (!(error instanceof IncompleteAnswer) || size <= 1) throw error;
    }
  }
}

/** The API server says that it left something out of the backend's answer, or that the backend did. */
class IncompleteAnswer extends Problem {
  constructor(notices: readonly string[]) {
    super("ERR_SYSTEMS_ANSWER", `incomplete: ${notices.join("; ")}`, UNUSABLE);
  }
}

async function orderOf(orderId: string, call: SystemsCall): Promise<Order> {
  const found = await tool("orders_getOrder", { orderId }, { call, schema: order });
  if (found.customerId === call.customerId) return found;
  throw new Problem(OPERATION_FAULT.notFound, "the order is another customer's", "there is no such order");
}

async function placed({ key, lines, note }: Of<"place-order">, call: SystemsCall) {
  const body = { lines, ...(note !== undefined && { note }), customerId: call.customerId };
  const args = { body, "Idempotency-Key": key };
  return withoutCustomer(await tool("orders_createOrder", args, { call, schema: order }));
}

async function cancelled({ orderId, reason }: Of<"cancel-order">, call: SystemsCall) {
  await orderOf(orderId, call);
  const args = { orderId, body: { reason } };
  return withoutCustomer(await tool("orders_cancelOrder", args, { call, schema: order }));
}

async function productOf({ sku }: Of<"get-product">, call: SystemsCall) {
  const { product } = await tool("catalog_getProduct", { sku }, { call, schema: productOrNone });
  if (product !== null && product !== undefined) return product;
  throw new Problem(OPERATION_FAULT.notFound, "no product", "there is no such product");
}

interface Called<Schema> {
  readonly call: SystemsCall;
  readonly schema: Schema;
}

async function tool<Schema extends z.ZodType>(
  name: string,
  args: object,
  { call: { gateway, signal, onBehalfOf }, schema }: Called<Schema>,
): Promise<z.output<Schema>> {
  const called = gateway.callTool(`api-integration___${name}`, { ...args }, { signal, onBehalfOf });
  const result = await called.catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new Problem(OPERATION_FAULT.unavailable, "the gateway does not answer", UNREACHABLE, { cause });
  });
  if (result.isError === true) throw refusal(result);
  const { data, notices = [] } = answer.safeParse(result.structuredContent).data ?? {};
  if (notices.length > 0) throw new IncompleteAnswer(notices);
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  throw new Problem("ERR_SYSTEMS_ANSWER", UNUSABLE, UNUSABLE, { cause: read.error });
}

const UNUSABLE = "the tenant's systems gave no answer that can be used";

const UNREACHABLE = "the tenant's systems cannot be reached";

/** What a backend refuses is for the caller to mend; anything else is not, and may pass. */
function refusal({ content, _meta: meta }: CallToolResult): Problem {
  const text = JSON.stringify(content).slice(0, 1_000);
  const status = /the backend answered (\d{3})/.exec(text)?.[1];
  if (status === "404" || meta?.[TOOL_ERROR_META] === RECORD_UNKNOWN)
    return new Problem(OPERATION_FAULT.notFound, text, "there is no such resource");
  if (status === "409")
    return new Problem(OPERATION_FAULT.conflict, text, "the state of the resource does not allow this");
  if (status?.startsWith("4") === true)
    return new Problem(OPERATION_FAULT.invalid, text, "the tenant's systems refuse what the request says");
  return new Problem(OPERATION_FAULT.unavailable, text, "the tenant's systems do not answer");
}

function withoutCustomer({ id, status, placedAt, lines, note, cancellationReason }: Order): Omit<Order, "customerId"> {
  return {
    ...{ id, status, placedAt, lines },
    ...(note !== undefined && { note }),
    ...(cancellationReason !== undefined && { cancellationReason }),
  };
}
