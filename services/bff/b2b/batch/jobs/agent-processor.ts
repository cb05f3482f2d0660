import * as z from "zod";
import type { AgentClient } from "../../../../libraries/agent-client/agent-client.ts";
import type { Partner } from "../../partners/partner.ts";
import type { Processed, Processor } from "./processor.ts";

const answered = z.object({
  records: z.array(z.looseObject({ index: z.int().nonnegative() })),
  deadLetters: z.array(z.object({ index: z.int().nonnegative(), reason: z.string() })),
});

/** What the processor needs to ask for a partner. */
export interface AgentProcessorOptions {
  readonly agent: Pick<AgentClient, "send">;
  readonly contextOf: (partner: Partner) => Promise<string>;
  /** The customer on whose account a partner works; nothing for a partner that is not there. */
  readonly customerOf: (partnerId: string) => Promise<string | undefined>;
}

/**
 * Works on rows by the agent `integration-processor`, which validates them and has them mapped to the tenant's own form. Throws where the
 * agent gives no answer; then the same rows come again with the same id of the message.
 */
export function agentProcessor({ agent, contextOf, customerOf }: AgentProcessorOptions): Processor {
  return async ({ tenantId, partnerId, idempotencyKey, rows }, signal) => {
    const customerId = await customerOf(partnerId);
    if (customerId === undefined) throw new Error(`${partnerId} is no partner any more`);
    const credential = { kind: "api-key", id: "batch" } as const;
    const partner: Partner = {
      ...{ tenantId, id: partnerId, customerId, credential, tier: "basic" },
      scopes: ["batches:write"],
    };
    const { state, code, data } = await agent.send({
      data: { records: rows.map(({ value }) => value) },
      userContext: await contextOf(partner),
      messageId: idempotencyKey,
      signal,
    });
    const read = answered.safeParse(data[0]);
    if (state !== "completed" || !read.success) throw new Error(`the agent ${state} ${code ?? "without an answer"}`);
    return processedOf(rows, read.data);
  };
}

/** An agent that forgets a row has not worked on it: the rows come again. */
function processedOf(
  rows: Parameters<Processor>[0]["rows"],
  { records, deadLetters }: z.output<typeof answered>,
): readonly Processed[] {
  const taken = new Map(records.map(({ index, ...result }) => [index, result]));
  const refused = new Map(deadLetters.map(({ index, reason }) => [index, reason]));
  return rows.map(({ number }, index) => {
    const [result, problem] = [taken.get(index), refused.get(index)];
    if (problem !== undefined) return { number, problem };
    if (result !== undefined) return { number, result };
    throw new Error(`the agent says nothing of row ${number}`);
  });
}
