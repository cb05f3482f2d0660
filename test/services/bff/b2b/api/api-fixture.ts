import type { CallToolResult } from "@modelcontextprotocol/client";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { askAgent } from "../../../../../services/bff/b2b/agents/ask-agent.ts";
import { partnerApi } from "../../../../../services/bff/b2b/api/api.ts";
import { sealer } from "../../../../../services/bff/b2b/api/sealed.ts";
import { apiKeys } from "../../../../../services/bff/b2b/authentication/api-keys.ts";
import { partnerAuthenticator } from "../../../../../services/bff/b2b/authentication/authenticator.ts";
import { clientCertificates } from "../../../../../services/bff/b2b/authentication/client-certificates.ts";
import { partnerContext } from "../../../../../services/bff/b2b/agents/partner-context.ts";
import { AgentBusiness } from "../../../../../services/bff/b2b/business/agent-business.ts";
import { byRules } from "../../../../../services/bff/b2b/business/order-rules.ts";
import type { OrderRules } from "../../../../../contracts/bff/order-rules.ts";
import { PostgresIdempotencyStore } from "../../../../../services/bff/b2b/idempotency/postgres-idempotency-store.ts";
import { partnerQuotas } from "../../../../../services/bff/b2b/quotas.ts";
import { partnerServer } from "../../../../../services/bff/b2b/server.ts";
import { AGENT_CONTEXT_SECONDS, AGENTS_AUDIENCE, bffIssuer } from "../../../../../contracts/agents/identity.ts";
import { integrationProcessor } from "../../../../../services/agents/integration-processor/agent.ts";
import { createAgentHost } from "../../../../../services/libraries/agent-host/host.ts";
import { MemoryTaskStore } from "../../../../../services/libraries/agent-host/tasks/memory-task-store.ts";
import { ProcessMemory } from "../../../../../services/libraries/agent-loop/memory.ts";
import type { GatewayClient } from "../../../../../services/libraries/gateway-client/gateway-client.ts";
import { contextTokenVerifier } from "../../../../../services/libraries/service-kit/tokens/context-token.ts";
import { agentContextSigner } from "../../../../../services/bff/library/agent-context.ts";
import { type BffServer, startBffServer } from "../../../../../services/bff/library/bff-server.ts";
import { AgentClient } from "../../../../../services/libraries/agent-client/agent-client.ts";
import { tenantKey, type TenantKey } from "../../../../support/tenant-key.ts";
import { answerWith, wireAgent } from "../../../libraries/agent-client/wire-agent.ts";
import { openShop, type Shop } from "../../../mcp/api-integration/shop.ts";
import { type PartnerFixture, partnerFixture, type TenantFixture } from "../partner-fixture.ts";

/** The API of partners over a real store, real tools with real backends, and an agent that says what it was told to. */
export interface ApiFixture {
  readonly partners: PartnerFixture;
  readonly shop: Shop;
  readonly agent: Awaited<ReturnType<typeof wireAgent>>;
  /** What the agent answers next. */
  agentTask: object;
  readonly key: TenantKey;
  readonly logged: object[];
  readonly acme: string;
  readonly xyz: string;
  close(): Promise<void>;
}

/** Starts it all; the tenants take orders by these rules. */
export async function apiFixture(orderRules: OrderRules = {}): Promise<ApiFixture> {
  const [partners, shop] = await Promise.all([partnerFixture(), openShop()]);
  const agent = await wireAgent((request, response) => answerWith(request, response, { task: it.agentTask }));
  const logged: object[] = [];
  const key = tenantKey();
  const parts = { shop, agentUrl: agent.url, key, logged, orderRules };
  const processors = [await processor(partners.acme, parts), await processor(partners.xyz, parts)] as const;
  const servers = [
    await serve(partners.acme, { ...parts, systems: processors[0].url }),
    await serve(partners.xyz, { ...parts, systems: processors[1].url }),
  ] as const;
  const [acme, xyz] = servers.map(({ port }) => `http://127.0.0.1:${port}`) as [string, string];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await Promise.all([partners.close(), shop.close(), agent.close(), ...processors.map(({ host }) => host.stop())]);
  };
  const it: ApiFixture = { partners, shop, agent, agentTask: {}, key, logged, acme, xyz, close };
  return it;
}

interface Parts {
  readonly shop: Shop;
  readonly agentUrl: URL;
  readonly key: TenantKey;
  readonly logged: object[];
  readonly orderRules: OrderRules;
}

/** The agent that stands between the BFF of a tenant and the tools, which are the tools themselves here: what a gateway adds to their names is taken away. */
async function processor({ store }: TenantFixture, { shop, key }: Parts) {
  const { tenantId } = store;
  const gateway: Pick<GatewayClient, "listTools" | "callTool"> = {
    listTools: () => Promise.resolve([]),
    callTool: async (name, args) => (await shop.call(name.replace(/^.*___/, ""), { ...args })).result as CallToolResult,
  };
  const verifyContext = contextTokenVerifier({
    issuer: bffIssuer(tenantId),
    audience: AGENTS_AUDIENCE,
    tenantId,
    publicKeys: key.publicKeys,
    lifetimeSeconds: AGENT_CONTEXT_SECONDS,
  });
  const host = createAgentHost(integrationProcessor.description, {
    work: integrationProcessor.work({
      gateway: () => gateway,
      peer: () => new AgentClient({ url: new URL("http://127.0.0.1:9/"), tenantId }),
      model: () => () => {
        throw new TypeError("no model reads what partners order");
      },
      memory: new ProcessMemory(),
      log: () => undefined,
    }),
    identities: { tenantId, verifyContext },
    url: "http://127.0.0.1/",
    tasks: new MemoryTaskStore(),
    log: { warn: () => undefined, error: () => undefined },
    audit: () => undefined,
    limits: { ...integrationProcessor.limits },
  });
  return { host, url: new URL(`http://127.0.0.1:${await host.listen(0, "127.0.0.1")}/`) };
}

function serve(
  { store, by, pool }: TenantFixture,
  { agentUrl, systems, key, logged, orderRules }: Parts & { readonly systems: URL },
): Promise<BffServer> {
  const { tenantId } = store;
  const limits = { retries: 0, breakAfter: 1_000 };
  const agent = new AgentClient({ url: agentUrl, tenantId, limits });
  const contextOf = partnerContext(agentContextSigner({ tenantId, scenario: "b2b", certify: key.certify }), "bff-b2b");
  const api = partnerApi({
    business: byRules(new AgentBusiness(new AgentClient({ url: systems, tenantId, limits }), contextOf), orderRules),
    ask: askAgent({ coordinator: agent, "integration-processor": agent }, contextOf),
    requests: new PostgresIdempotencyStore(tenantId, pool),
    cursors: sealer(Buffer.alloc(32, tenantId)),
  });
  const keep = (fields: object): void => void logged.push(fields);
  const server = partnerServer({
    tenantId,
    audit: (line) => void logged.push(JSON.parse(line) as object),
    authenticate: partnerAuthenticator({
      store,
      apiKey: apiKeys(store, by),
      clientCertificate: clientCertificates(store, { proxies: [] }),
    }),
    api,
    quotas: partnerQuotas((options) => new RateLimiterMemory(options)),
    log: { info: keep, warn: keep, error: keep },
  });
  return startBffServer({ fetch: server.fetch, port: 0, address: "127.0.0.1" });
}
