import type { CallToolResult } from "@modelcontextprotocol/client";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { askAgent } from "../../../../../services/bff/b2b/agents/ask-agent.ts";
import { partnerApi } from "../../../../../services/bff/b2b/api/api.ts";
import { sealer } from "../../../../../services/bff/b2b/api/sealed.ts";
import { apiKeys } from "../../../../../services/bff/b2b/authentication/api-keys.ts";
import { partnerAuthenticator } from "../../../../../services/bff/b2b/authentication/authenticator.ts";
import { clientCertificates } from "../../../../../services/bff/b2b/authentication/client-certificates.ts";
import { GatewayBusiness } from "../../../../../services/bff/b2b/business/gateway-business.ts";
import { PostgresIdempotencyStore } from "../../../../../services/bff/b2b/idempotency/postgres-idempotency-store.ts";
import { partnerQuotas } from "../../../../../services/bff/b2b/quotas.ts";
import { partnerServer } from "../../../../../services/bff/b2b/server.ts";
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

/** Starts it all. */
export async function apiFixture(): Promise<ApiFixture> {
  const [partners, shop] = await Promise.all([partnerFixture(), openShop()]);
  const agent = await wireAgent((request, response) => answerWith(request, response, { task: it.agentTask }));
  const logged: object[] = [];
  const key = tenantKey();
  const parts = { shop, agentUrl: agent.url, key, logged };
  const servers = [await serve(partners.acme, parts), await serve(partners.xyz, parts)] as const;
  const [acme, xyz] = servers.map(({ port }) => `http://127.0.0.1:${port}`) as [string, string];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await Promise.all([partners.close(), shop.close(), agent.close()]);
  };
  const it: ApiFixture = { partners, shop, agent, agentTask: {}, key, logged, acme, xyz, close };
  return it;
}

interface Parts {
  readonly shop: Shop;
  readonly agentUrl: URL;
  readonly key: TenantKey;
  readonly logged: object[];
}

function serve({ store, by, pool }: TenantFixture, { shop, agentUrl, key, logged }: Parts): Promise<BffServer> {
  const { tenantId } = store;
  // The tools themselves; what a gateway adds to their names is taken away.
  const gateway = {
    callTool: async (name: string, args: object = {}) =>
      (await shop.call(name.replace(/^.*___/, ""), args)).result as CallToolResult,
  };
  const agents = new AgentClient({ url: agentUrl, tenantId, limits: { retries: 0, breakAfter: 1_000 } });
  const sign = agentContextSigner({ tenantId, certify: key.certify });
  const api = partnerApi({
    business: new GatewayBusiness(gateway),
    ask: askAgent(agents, sign, "bff-b2b"),
    requests: new PostgresIdempotencyStore(tenantId, pool),
    cursors: sealer(Buffer.alloc(32, tenantId)),
  });
  const keep = (fields: object): void => void logged.push(fields);
  const server = partnerServer({
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
