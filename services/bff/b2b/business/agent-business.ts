import * as z from "zod";
import { OPERATION_FAULT, type PartnerOperation } from "../../../../contracts/agents/partner-operations.ts";
import type { AgentClient } from "../../../libraries/agent-client/agent-client.ts";
import type { AgentAnswer } from "../../../libraries/agent-client/agent-event.ts";
import { ApiProblem } from "../../library/api-problem.ts";
import { agentFailure } from "../agents/agent-failure.ts";
import type { Partner } from "../partners/partner.ts";
import type { OrderQuery, PartnerBusiness, ProductQuery } from "./business.ts";

const LONGEST_CALL_MS = 15_000;

const order = z.object({
  id: z.string(),
  status: z.enum(["open", "shipped", "cancelled"]),
  placedAt: z.string(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number() })),
  note: z.string().nullable().exactOptional(),
  cancellationReason: z.string().exactOptional(),
});
const orderPage = z.object({ orders: z.array(order), nextCursor: z.string().exactOptional() });
const product = z.object({
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  price: z.object({ cents: z.number(), currency: z.string() }),
});
const result = z.object({ result: z.unknown() });

/**
 * What the tenant's systems do, by the agent `integration-processor`, which calls the gateway's tools (premises 1 and 2): as data, which
 * no model reads. For which customer is in the context token that is signed here, by the partner's account.
 */
export class AgentBusiness implements PartnerBusiness {
  private readonly agent: Pick<AgentClient, "send">;
  private readonly contextOf: (partner: Partner) => Promise<string>;

  constructor(agent: Pick<AgentClient, "send">, contextOf: (partner: Partner) => Promise<string>) {
    this.agent = agent;
    this.contextOf = contextOf;
  }

  orders(partner: Partner, query: OrderQuery) {
    return this.asked(partner, { operation: "list-orders", ...query }, orderPage);
  }

  order(partner: Partner, orderId: string) {
    return this.asked(partner, { operation: "get-order", orderId }, order);
  }

  place(partner: Partner, placed: Parameters<PartnerBusiness["place"]>[1], key: string) {
    return this.asked(partner, { operation: "place-order", ...placed, lines: [...placed.lines], key }, order);
  }

  cancel(partner: Partner, orderId: string, reason: string) {
    return this.asked(partner, { operation: "cancel-order", orderId, reason }, order);
  }

  products(partner: Partner, query: ProductQuery) {
    return this.asked(partner, { operation: "find-products", ...query }, z.array(product));
  }

  product(partner: Partner, sku: string) {
    return this.asked(partner, { operation: "get-product", sku }, product);
  }

  private async asked<Schema extends z.ZodType>(
    partner: Partner,
    data: PartnerOperation,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const userContext = await this.contextOf(partner);
    const answer = await this.agent.send({ data, userContext, deadlineMs: LONGEST_CALL_MS }).catch((error: unknown) => {
      throw agentFailure(error);
    });
    if (answer.state !== "completed") throw refusal(answer);
    const read = schema.safeParse(result.safeParse(answer.data[0]).data?.result);
    if (read.success) return read.data;
    throw new ApiProblem("agent-failed", "the tenant's systems gave no answer that can be used", { cause: read.error });
  }
}

/** What the agent refuses in words that are for the caller; anything else is not, and may pass. */
function refusal({ code, text, state }: AgentAnswer): ApiProblem {
  const cause = new Error(`${state} ${code ?? ""}: ${text}`);
  switch (code) {
    case OPERATION_FAULT.notFound:
      return new ApiProblem("not-found", text, { cause });
    case OPERATION_FAULT.conflict:
      return new ApiProblem("conflict", text, { cause });
    case OPERATION_FAULT.invalid:
      return new ApiProblem("invalid", text, { cause });
    case OPERATION_FAULT.unavailable:
      return new ApiProblem("unavailable", text, { retryAfterSeconds: 5, cause });
    case "ERR_DEADLINE":
      return new ApiProblem("agent-timeout", "the tenant's systems took too long", { cause });
    default:
      return new ApiProblem("agent-failed", "the tenant's systems gave no answer that can be used", { cause });
  }
}
