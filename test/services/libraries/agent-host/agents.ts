import { auditLineSchema } from "../../../../contracts/records/audit-line.ts";
import { AGENT_CONTEXT_SECONDS, AGENTS_AUDIENCE, A2A_SCOPE, bffIssuer } from "../../../../contracts/agents/identity.ts";
import { createAgentHost, type AgentHostOptions } from "../../../../services/libraries/agent-host/host.ts";
import { MemoryTaskStore } from "../../../../services/libraries/agent-host/tasks/memory-task-store.ts";
import type { AgentWork } from "../../../../services/libraries/agent-host/turn.ts";
import type { CallerContext } from "../../../../services/libraries/service-kit/tenant-context.ts";
import { contextSigner } from "../../../../services/libraries/service-kit/tokens/context-signer.ts";
import { contextTokenVerifier } from "../../../../services/libraries/service-kit/tokens/context-token.ts";
import { tokenVerifier } from "../../../../services/libraries/service-kit/tokens/token.ts";
import { type Claims, cognitoClaims, keysOf, signingKey, signToken } from "../../../support/issuer.ts";
import { tenantKey } from "../../../support/tenant-key.ts";

const SCOPE_PREFIX = "acme-production.agents";
const BFF_CLIENT = "bff-b2c";

/** A person who is signed in at the BFF of acme-corp. */
export const consumer: CallerContext = {
  tenantId: "acme-corp",
  kind: "consumer",
  clientId: BFF_CLIENT,
  userId: "u-ana",
  roles: [],
  permissions: ["orders:read-own"],
  scopes: ["mcp:read"],
};

/** A tenant's keys and how its BFF signs. */
export async function tenantIdentity(tenant: string) {
  const [key, bff] = [await signingKey(`key-${tenant}`), tenantKey()];
  const sign = contextSigner({
    issuer: bffIssuer(tenant),
    certify: bff.certify,
    lifetimeSeconds: AGENT_CONTEXT_SECONDS,
  });
  return {
    tenant,
    bff,
    key,
    workload: (changes: Claims = {}) =>
      signToken(
        cognitoClaims(tenant, {
          client_id: BFF_CLIENT,
          sub: BFF_CLIENT,
          scope: `${SCOPE_PREFIX}/a2a.call`,
          ...changes,
        }),
        key,
      ),
    context: (caller: Partial<CallerContext> = {}, audience: string = AGENTS_AUDIENCE) =>
      sign({ ...consumer, tenantId: tenant, ...caller }, audience),
  };
}

/** What verifies the callers of a tenant's agents. */
export function identitiesOf({
  tenant,
  key,
  bff,
}: Awaited<ReturnType<typeof tenantIdentity>>): AgentHostOptions["identities"] {
  return {
    tenantId: tenant,
    verifyWorkload: tokenVerifier({
      profile: "cognito",
      issuer: `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_${tenant}`,
      keys: keysOf(key),
      tenantId: tenant,
      scopes: [A2A_SCOPE],
      clients: [BFF_CLIENT, "agent-coordinator"],
      scopePrefix: SCOPE_PREFIX,
    }),
    verifyContext: contextTokenVerifier({
      issuer: bffIssuer(tenant),
      audience: AGENTS_AUDIENCE,
      tenantId: tenant,
      publicKeys: bff.publicKeys,
      lifetimeSeconds: AGENT_CONTEXT_SECONDS,
    }),
  };
}

/** An agent that listens on loopback, what it logged and what it wrote into the audit. */
export async function listeningAgent(
  identity: Awaited<ReturnType<typeof tenantIdentity>>,
  work: AgentWork,
  options: Partial<AgentHostOptions> = {},
) {
  const [audit, logged]: [{ [name: string]: unknown }[], object[]] = [[], []];
  const log = (fields: object): void => void logged.push(fields);
  const host = createAgentHost(
    {
      name: "customer-support",
      description: "Answers about orders.",
      version: "1.0.0",
      skills: [
        { id: "orders", name: "Orders", description: "Tells where orders are.", tags: ["orders"], examples: [] },
      ],
    },
    {
      work,
      identities: identitiesOf(identity),
      url: "http://customer-support/",
      tasks: new MemoryTaskStore(),
      log: { error: log, warn: log },
      audit: (line) => void audit.push(auditLineSchema.parse(JSON.parse(line))),
      ...options,
    },
  );
  const port = await host.listen(0, "127.0.0.1");
  return { url: new URL(`http://127.0.0.1:${port}/`), audit, logged, stop: () => host.stop() };
}
