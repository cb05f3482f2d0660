import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod";
import { parsed, problemDetails } from "./problem-details.ts";

const Warehouse = z.enum(["north", "south"]);
const Adjustment = z.strictObject({
  warehouse: Warehouse,
  change: z.int().min(-1_000).max(1_000),
  requestToken: z.string(),
});

/** The stock of `inventory.smithy.json`, in memory, as restJson1 has it. */
export function inventoryApi(): Hono {
  const stock = new Map(["atlas", "pan", "spade"].map((sku) => [sku, { north: 12, south: 4 }]));
  const done = new Set<string>();
  const levelsOf = (sku: string) => {
    const levels = stock.get(sku);
    if (levels === undefined) throw new HTTPException(404, { message: `there is no product ${sku}` });
    return levels;
  };
  const api = new Hono();
  api.onError(problemDetails);
  api.get("/stock/:sku", (call) => {
    const sku = call.req.param("sku");
    const levels = levelsOf(sku);
    const warehouse = parsed(Warehouse.optional(), call.req.query("warehouse"));
    return call.json({ sku, levels: warehouse === undefined ? levels : { [warehouse]: levels[warehouse] } });
  });
  api.post("/stock/:sku/adjustments", async (call) => {
    const sku = call.req.param("sku");
    const { warehouse, change, requestToken } = parsed(Adjustment, await call.req.json());
    const levels = levelsOf(sku);
    if (!done.has(requestToken)) levels[warehouse] += change;
    done.add(requestToken);
    return call.json({ sku, levels });
  });
  return api;
}
