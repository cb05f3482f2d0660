import {
  type ContextSigner,
  contextSigner,
  type ContextSignerOptions,
} from "../../libraries/service-kit/tokens/context-signer.ts";

/** Who a context token for agents is for. */
export const AGENTS_AUDIENCE = "agents";

/** Signs what a BFF verified about a caller, for the agents of its tenant. */
export type AgentContextSigner = (caller: Parameters<ContextSigner>[0]) => Promise<string>;

/** Makes the signer of a BFF: by the tenant's BFF key, which `certify` asks, and for agents alone, so that no MCP server accepts it. */
export function agentContextSigner(options: ContextSignerOptions): AgentContextSigner {
  const sign = contextSigner(options);
  return (caller) => sign(caller, AGENTS_AUDIENCE);
}
