import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod";
import { parsed, problemDetails } from "./problem-details.ts";

const NewPurchaseOrder = z.strictObject({
  supplier: z.string().regex(/^\d{6}$/),
  lines: z
    .array(z.strictObject({ material: z.string().regex(/^[A-Z0-9-]{1,40}$/), quantity: z.int().min(1).max(100_000) }))
    .min(1)
    .max(200),
});

type PurchaseOrder = z.output<typeof NewPurchaseOrder> & { readonly number: string };

/** The purchase orders of the API that the tenant xyz-gmbh brings, `environments/documents/xyz-gmbh/erp.openapi.json`, in memory. */
export function erpApi(): Hono {
  const orders = new Map<string, PurchaseOrder>();
  const byKey = new Map<string, string>();
  const api = new Hono();
  api.onError(problemDetails);
  api.post("/purchase-orders", async (call) => {
    const order = parsed(NewPurchaseOrder, await call.req.json());
    const key = parsed(z.string().min(8).max(64), call.req.header("idempotency-key"));
    const number = byKey.get(key) ?? `PO-${1_000 + orders.size}`;
    if (!byKey.has(key)) orders.set(number, { number, ...order });
    byKey.set(key, number);
    return call.json(orders.get(number) ?? {}, 201);
  });
  api.get("/purchase-orders/:number", (call) => {
    const order = orders.get(call.req.param("number"));
    if (order === undefined) throw new HTTPException(404, { message: "there is no such purchase order" });
    return call.json(order);
  });
  return api;
}
