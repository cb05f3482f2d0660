import * as z from "zod";
import type { SeenResult } from "../../libraries/agent-loop/model/scripted-model.ts";

const order = z.object({
  id: z.string(),
  status: z.string(),
  placedAt: z.string(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number() })),
});
const product = z.object({
  name: z.string(),
  sku: z.string(),
  price: z.object({ cents: z.number(), currency: z.string() }),
});
const orders = z.object({ data: z.object({ orders: z.array(order) }) });
const oneOrder = z.object({ data: order });
const products = z.object({ data: z.object({ products: z.array(product) }) });

/** What the scripted model says of orders that a tool answered with: sentences, never the tool's own text, which is for programs. */
export function spokenOrders({ data, isError }: Pick<SeenResult, "data" | "isError">): string {
  const [many, one] = [orders.safeParse(data), oneOrder.safeParse(data)];
  if (!isError && many.success) {
    const found = many.data.data.orders;
    return found.length === 0 ? "There are no orders." : found.map(orderSentence).join(" ");
  }
  if (!isError && one.success) return orderSentence(one.data.data);
  return "I could not look up the order. Is its number right?";
}

/** What it says of products. */
export function spokenProducts({ data, isError }: Pick<SeenResult, "data" | "isError">): string {
  const read = products.safeParse(data);
  if (isError || !read.success) return "The catalogue cannot be reached at the moment.";
  const found = read.data.data.products;
  if (found.length === 0) return "There are no such products.";
  return `These products fit: ${found.map(productWords).join("; ")}.`;
}

function orderSentence({ id, status, placedAt, lines }: z.output<typeof order>): string {
  const what = lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(", ");
  return `Order ${id} of ${placedAt.slice(0, 10)} (${what}) is ${status}.`;
}

function productWords({ name, sku, price: { cents, currency } }: z.output<typeof product>): string {
  return `${name} (${sku}) for ${(cents / 100).toFixed(2)} ${currency}`;
}
