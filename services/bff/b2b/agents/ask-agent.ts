import type { AgentName } from "../../../../contracts/agents/names.ts";
import type { AgentClient } from "../../../libraries/agent-client/agent-client.ts";
import type { AgentAnswer } from "../../../libraries/agent-client/agent-event.ts";
import type { Partner } from "../partners/partner.ts";
import { agentFailure } from "./agent-failure.ts";

/** The agents that partners ask: the one answers words, the other takes records. */
export const PARTNER_AGENTS = ["coordinator", "integration-processor"] as const satisfies readonly AgentName[];

/** One of `PARTNER_AGENTS`. */
export type PartnerAgent = (typeof PARTNER_AGENTS)[number];

/** What a partner asks an agent. */
export interface AgentQuestion {
  readonly agent: PartnerAgent;
  readonly text: string;
  readonly data?: unknown;
  /** The conversation and the task that go on; absent for new ones. */
  readonly contextId?: string;
  readonly taskId?: string;
  /** The same for another try. */
  readonly messageId: string;
  readonly correlationId: string;
  readonly signal: AbortSignal;
}

/** Asks an agent on behalf of a partner; throws `ApiProblem` where the agent gives no answer. */
export type AskAgent = (partner: Partner, question: AgentQuestion) => Promise<AgentAnswer>;

/** Asks agents by A2A, as the workload and with a context that names the partner. */
export function askAgent(
  agents: { readonly [Name in PartnerAgent]: Pick<AgentClient, "send"> },
  contextOf: (partner: Partner) => Promise<string>,
): AskAgent {
  return async (partner, { agent, ...question }) => {
    const userContext = await contextOf(partner);
    try {
      return await agents[agent].send({ ...question, userContext });
    } catch (error) {
      throw agentFailure(error);
    }
  };
}
