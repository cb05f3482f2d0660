import { agentProcessor } from "../batch/jobs/agent-processor.ts";
import type { Processor } from "../batch/jobs/processor.ts";
import type { PartnerStore } from "../partners/partner-store.ts";
import { agentsOf, type PartnerBffNeeds } from "../start-partner-bff.ts";

/** Who works on the rows of batches, and where it is said which customer a partner orders for. */
export interface PartnerProcessorOptions extends Pick<PartnerBffNeeds, "config" | "certify" | "agent"> {
  readonly partners: PartnerStore;
}

/** Works on rows by the tenant's agent `integration-processor`, for the customer of their partner. */
export function partnerProcessor({ partners, ...called }: PartnerProcessorOptions): Processor {
  const { agents, contextOf } = agentsOf(called);
  const customerOf = async (id: string): Promise<string | undefined> =>
    (await partners.list()).find(({ account }) => account.id === id)?.account.customerId;
  return agentProcessor({ agent: agents["integration-processor"], contextOf, customerOf });
}
