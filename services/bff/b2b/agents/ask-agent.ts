import type { AgentClient } from "../../../libraries/agent-client/agent-client.ts";
import type { AgentAnswer } from "../../../libraries/agent-client/agent-event.ts";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { AgentContextSigner } from "../../library/agent-context.ts";
import { ApiProblem } from "../../library/api-problem.ts";
import type { Partner } from "../partners/partner.ts";

/** What a partner asks an agent. */
export interface AgentQuestion {
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

/** Asks an agent by A2A, with the workload's token of `client` and a context that says which partner it is and what it was granted. */
export function askAgent(client: Pick<AgentClient, "send">, sign: AgentContextSigner, clientId: string): AskAgent {
  return async (partner, question) => {
    const userContext = await sign({
      tenantId: partner.tenantId,
      kind: "partner",
      clientId,
      organizationId: partner.id,
      roles: [],
      permissions: partner.scopes,
      scopes: gatewayScopes(partner),
    });
    try {
      return await client.send({ ...question, userContext });
    } catch (error) {
      throw problemOfAgent(error);
    }
  };
}

/** What a partner's scopes mean at a gateway: an agent changes nothing for a partner that may only read. */
function gatewayScopes({ scopes }: Partner): readonly string[] {
  return scopes.includes("orders:write") ? ["mcp:read", "mcp:write"] : ["mcp:read"];
}

function problemOfAgent(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const { clientMessage: detail } = error;
  switch (error.code) {
    case "ERR_AGENT_BUSY":
    case "ERR_AGENT_UNAVAILABLE":
      return new ApiProblem("unavailable", detail, { retryAfterSeconds: 5, cause: error });
    case "ERR_DEADLINE":
      return new ApiProblem("agent-timeout", detail, { cause: error });
    case "ERR_AGENT_REQUEST":
      return new ApiProblem("invalid", detail, { cause: error });
    default:
      return new ApiProblem("agent-failed", detail, { cause: error });
  }
}
