import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { AGENT_CONTEXT_SECONDS, AGENTS_AUDIENCE, bffIssuer } from "../../../../contracts/agents/identity.ts";
import { agentContextSigner } from "../../../../services/bff/library/agent-context.ts";
import { certifyWith } from "../../../../services/libraries/service-kit/tokens/context-delegation.ts";
import { contextTokenVerifier } from "../../../../services/libraries/service-kit/tokens/context-token.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const publicKeys = publicKey.export({ format: "pem", type: "spki" }).toString();
const issuer = bffIssuer("acme");
const caller = {
  tenantId: "acme",
  kind: "consumer",
  clientId: "chat",
  userId: "u-1",
  roles: ["consumer"],
  permissions: [],
  scopes: ["mcp:read"],
} as const;
const lifetimeSeconds = AGENT_CONTEXT_SECONDS;
const sign = agentContextSigner({ tenantId: "acme", scenario: "b2c", certify: certifyWith(privateKey) });

describe("a context for agents", () => {
  test("says who calls, to agents of the tenant", async () => {
    const verify = contextTokenVerifier({
      issuer,
      publicKeys,
      tenantId: "acme",
      audience: AGENTS_AUDIENCE,
      lifetimeSeconds,
    });
    expect(await verify(await sign(caller))).toEqual(caller);
  });

  test("is refused by an MCP server", async () => {
    const verify = contextTokenVerifier({ issuer, publicKeys, tenantId: "acme", audience: "database" });
    await expect(verify(await sign(caller))).rejects.toMatchObject({ code: "ERR_TOKEN_AUDIENCE" });
  });

  test("is refused by agents of another tenant", async () => {
    const verify = contextTokenVerifier({
      issuer,
      publicKeys,
      tenantId: "other",
      audience: AGENTS_AUDIENCE,
      lifetimeSeconds,
    });
    await expect(verify(await sign(caller))).rejects.toMatchObject({ code: "ERR_TOKEN_TENANT" });
  });
});
