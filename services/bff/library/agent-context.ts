import type { AgentCaller } from "../../../contracts/agents/caller.ts";
import { AGENT_CONTEXT_SECONDS, AGENTS_AUDIENCE, bffIssuer } from "../../../contracts/agents/identity.ts";
import type { Certify } from "../../libraries/service-kit/tokens/context-delegation.ts";
import { contextSigner } from "../../libraries/service-kit/tokens/context-signer.ts";

/** Signs what a BFF verified about a caller, for the agents of its tenant. */
export type AgentContextSigner = (caller: AgentCallerInput) => Promise<string>;

type AgentCallerInput = Readonly<Pick<AgentCaller, "tenantId" | "kind" | "clientId" | "roles" | "permissions">> & {
  readonly scopes: readonly string[];
  readonly organizationId?: string;
  readonly userId?: string;
  readonly department?: string;
};

/** Whose callers are signed for, and what certifies the signer's key: the tenant's BFF key. */
export interface AgentContextOptions {
  readonly tenantId: string;
  readonly certify: Certify;
  readonly now?: () => number;
}

/** Makes the signer of a BFF: its tokens are for agents alone, so that no MCP server accepts them. */
export function agentContextSigner({ tenantId, ...options }: AgentContextOptions): AgentContextSigner {
  const sign = contextSigner({ ...options, issuer: bffIssuer(tenantId), lifetimeSeconds: AGENT_CONTEXT_SECONDS });
  return (caller) => sign(caller, AGENTS_AUDIENCE);
}
