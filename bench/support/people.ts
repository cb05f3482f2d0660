import { AGENT_CONTEXT_SECONDS, AGENTS_AUDIENCE, gatewayAudience } from "../../contracts/agents/identity.ts";
import { personBehind } from "../../services/gateway-interceptor/on-behalf.ts";
import { contextSigner } from "../../services/libraries/service-kit/tokens/context-signer.ts";
import { contextTokenVerifier } from "../../services/libraries/service-kit/tokens/context-token.ts";
import {
  acme,
  callTool,
  gateway,
  mcpAnswer,
  mcpEvent,
  token,
} from "../../test/services/gateway-interceptor/fixture.ts";
import { tenantKey } from "../../test/support/tenant-key.ts";

/** Calls of one agent for `count` people, and the verification of people who are met for the first time. */
export async function behalfOf(count: number) {
  const key = tenantKey();
  const lifetimeSeconds = AGENT_CONTEXT_SECONDS;
  const sign = contextSigner({ issuer: "bff.acme-corp", certify: key.certify, lifetimeSeconds });
  const contextOf = (userId: string) =>
    sign(
      {
        ...{ tenantId: "acme-corp", kind: "consumer", clientId: "bff-b2c", userId },
        ...{ roles: [], permissions: [], scopes: ["mcp:read"] },
      },
      [AGENTS_AUDIENCE, gatewayAudience("b2b")],
    );
  const verify = personBehind(
    contextTokenVerifier({
      ...{ issuer: "bff.acme-corp", audience: gatewayAudience("b2b"), tenantId: "acme-corp" },
      ...{ publicKeys: key.publicKeys, lifetimeSeconds },
    }),
  );
  const client = { agentType: "customer-support", version: "1.0.0", deploymentEnv: "production" };
  const agents = { "finance-agent-001": { ...client, actsFor: ["consumer"] as const } };
  const { intercept } = gateway(acme, { write: () => undefined, agents, person: verify });
  const [bearer, contexts] = [
    await token(),
    await Promise.all(Array.from({ length: count }, (_, i) => contextOf(`u-${i}`))),
  ];
  const strangers = await Promise.all(Array.from({ length: 1_000 }, (_, i) => contextOf(`u-new-${i}`)));
  return {
    pass: async (serial: number): Promise<void> => {
      const requestId = `behalf-${serial}`;
      const behalf = { "x-on-behalf-of": contexts[serial % count] };
      const event = mcpEvent(bearer, callTool("database___query", serial), behalf);
      const { mcp } = await intercept(event, { requestId });
      if (!("transformedGatewayRequest" in mcp)) throw new Error("call was refused");
      await intercept(mcpAnswer(event, { jsonrpc: "2.0", id: serial, result: { content: [] } }), { requestId });
    },
    verifyNew: async (): Promise<void> => {
      await verify(strangers.pop() ?? "");
    },
  };
}
