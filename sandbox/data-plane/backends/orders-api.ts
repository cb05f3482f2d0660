import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod";
import { parsed, problemDetails } from "./problem-details.ts";

const Line = z.strictObject({ sku: z.string().max(40), quantity: z.int().min(1).max(1_000) });
const NewOrder = z.strictObject({
  customerId: z.string().max(40),
  lines: z.array(Line).min(1).max(100),
  note: z.string().max(500).nullish(),
});
const Cancellation = z.strictObject({ reason: z.string().min(1).max(500) });
const Page = z.object({
  status: z.enum(["open", "shipped", "cancelled"]).optional(),
  customerId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.coerce.number().int().min(0).default(0),
});

interface Order extends z.output<typeof NewOrder> {
  readonly id: string;
  readonly placedAt: string;
  status: "cancelled" | "open" | "shipped";
  cancellationReason?: string;
}

/** The orders of `orders.openapi.json`, in memory; every run begins with the same three, and a customer who asks for hers has one. */
export function ordersApi(): Hono {
  const book = new OrderBook();
  const api = new Hono();
  api.onError(problemDetails);
  api.get("/orders", (call) => call.json(book.page(parsed(Page, call.req.query()))));
  api.get("/orders/:id", (call) => call.json(book.named(call.req.param("id"))));
  api.post("/orders", async (call) => {
    const key = call.req.header("idempotency-key") ?? crypto.randomUUID();
    return call.json(book.placeOnce(key, parsed(NewOrder, await call.req.json())), 201);
  });
  api.put("/orders/:id/cancellation", async (call) => {
    const { reason } = parsed(Cancellation, await call.req.json());
    return call.json(book.cancel(call.req.param("id"), reason));
  });
  return api;
}

class OrderBook {
  private readonly orders: Order[] = [];
  private readonly placed = new Map<string, Order>();

  constructor() {
    const first = this.place({ customerId: "cus-1", lines: [{ sku: "pan", quantity: 1 }] }, "2026-01-05T09:00:00Z");
    first.status = "shipped";
    this.place({ customerId: "cus-2", lines: [{ sku: "spade", quantity: 2 }] }, "2026-02-11T14:30:00Z");
    this.place({ customerId: "cus-1", lines: [{ sku: "atlas", quantity: 1 }], note: "a gift" }, "2026-03-20T18:45:00Z");
  }

  page({ status, customerId, limit, cursor }: z.output<typeof Page>) {
    if (customerId !== undefined) this.welcome(customerId);
    const wanted = this.orders
      .filter((it) => status === undefined || it.status === status)
      .filter((it) => customerId === undefined || it.customerId === customerId);
    const end = cursor + limit;
    return { orders: wanted.slice(cursor, end), ...(wanted.length > end && { nextCursor: String(end) }) };
  }

  named(id: string): Order {
    const found = this.orders.find((it) => it.id === id);
    if (found === undefined) throw new HTTPException(404, { message: `there is no order ${id}` });
    return found;
  }

  placeOnce(key: string, order: z.output<typeof NewOrder>): Order {
    const known = this.placed.get(key) ?? this.place(order, new Date().toISOString());
    this.placed.set(key, known);
    return known;
  }

  cancel(id: string, reason: string): Order {
    const order = this.named(id);
    if (order.status === "shipped") throw new HTTPException(409, { message: `order ${id} is shipped` });
    order.status = "cancelled";
    order.cancellationReason ??= reason;
    return order;
  }

  /** Consumers sign up in the sandbox and cannot order there: each of them finds an order of her own. */
  private welcome(customerId: string): void {
    if (this.orders.some((it) => it.customerId === customerId)) return;
    this.place({ customerId, lines: [{ sku: "atlas", quantity: 1 }] }, "2026-04-02T08:00:00Z");
  }

  private place(order: z.output<typeof NewOrder>, placedAt: string): Order {
    const created: Order = { id: `ord-${1001 + this.orders.length}`, placedAt, status: "open", ...order };
    this.orders.unshift(created);
    return created;
  }
}
