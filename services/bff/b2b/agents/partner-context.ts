import { customerPermission } from "../../../../contracts/agents/partner-operations.ts";
import type { AgentContextSigner } from "../../library/agent-context.ts";
import type { Partner } from "../partners/partner.ts";

/** Signs which partner asks an agent, what it was granted and for which customer it acts; throws `TypeError` for a customer that cannot be named. */
export function partnerContext(sign: AgentContextSigner, clientId: string): (partner: Partner) => Promise<string> {
  return async (partner) =>
    sign({
      tenantId: partner.tenantId,
      kind: "partner",
      clientId,
      organizationId: partner.id,
      roles: [],
      permissions: [...partner.scopes, customerPermission(partner.customerId)],
      scopes: gatewayScopes(partner),
    });
}

/** What a partner's scopes mean at a gateway: an agent changes nothing for a partner that may only read. */
function gatewayScopes({ scopes }: Partner): readonly string[] {
  const mayWrite = scopes.includes("orders:write") || scopes.includes("batches:write");
  return mayWrite ? ["mcp:read", "mcp:write"] : ["mcp:read"];
}
