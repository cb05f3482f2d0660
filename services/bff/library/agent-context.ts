import type { AgentCaller } from "../../../contracts/agents/caller.ts";
import {
  AGENT_CONTEXT_SECONDS,
  AGENTS_AUDIENCE,
  bffIssuer,
  gatewayAudience,
} from "../../../contracts/agents/identity.ts";
import type { BffScenario } from "../../../contracts/bff/hosts.ts";
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
  /** The BFF's own: at the gateways of another scenario its callers are nobody. */
  readonly scenario: BffScenario;
  readonly certify: Certify;
  readonly now?: () => number;
}

/** Makes the signer of a BFF: its tokens are for agents, and for the gateway of the scenario, to which agents show them; no MCP server accepts them. */
export function agentContextSigner({ tenantId, scenario, ...options }: AgentContextOptions): AgentContextSigner {
  const sign = contextSigner({ ...options, issuer: bffIssuer(tenantId), lifetimeSeconds: AGENT_CONTEXT_SECONDS });
  return (caller) => sign(caller, [AGENTS_AUDIENCE, gatewayAudience(scenario)]);
}
