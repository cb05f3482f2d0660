import { hkdfSync } from "node:crypto";
import type { z } from "zod";
import { AgentClient, type AgentClientOptions } from "../../libraries/agent-client/agent-client.ts";
import type { GatewayClient } from "../../libraries/gateway-client/gateway-client.ts";
import type { Certify } from "../../libraries/service-kit/tokens/context-delegation.ts";
import { remoteKeys } from "../../libraries/service-kit/tokens/token-keys.ts";
import { agentContextSigner } from "../library/agent-context.ts";
import { ApiProblem } from "../library/api-problem.ts";
import { type BffServer, type BffServerOptions, startBffServer } from "../library/bff-server.ts";
import type { CounterFactory } from "../library/rate-limit.ts";
import { type AskAgent, askAgent } from "./agents/ask-agent.ts";
import { partnerApi } from "./api/api.ts";
import { sealer } from "./api/sealed.ts";
import { accessTokens } from "./authentication/access-tokens.ts";
import { apiKeys } from "./authentication/api-keys.ts";
import { type PartnerAuthenticator, partnerAuthenticator } from "./authentication/authenticator.ts";
import { clientCertificates } from "./authentication/client-certificates.ts";
import { GatewayBusiness } from "./business/gateway-business.ts";
import type { PartnerBffConfig } from "./config.ts";
import type { IdempotencyStore } from "./idempotency/idempotency-store.ts";
import type { DigestKey } from "./partners/api-key.ts";
import type { PartnerStore } from "./partners/partner-store.ts";
import { partnerQuotas } from "./quotas.ts";
import { partnerServer, type PartnerServerParts } from "./server.ts";

/** What the BFF of partners runs on, beside its configuration. */
export interface PartnerBffNeeds extends Pick<PartnerServerParts, "webhooks" | "batches" | "incoming" | "log"> {
  readonly config: z.output<typeof PartnerBffConfig>;
  readonly partners: PartnerStore;
  readonly requests: IdempotencyStore;
  /** At least 32 random bytes: digests of API keys and seals are made with it. */
  readonly secret: Buffer;
  /** Certifies the signer of contexts by the tenant's BFF key. */
  readonly certify: Certify;
  readonly counter: CounterFactory;
  readonly gateway: Pick<GatewayClient, "callTool">;
  /** How the agent is called as this workload. */
  readonly agent?: Pick<AgentClientOptions, "machineToken" | "fetch" | "limits">;
  readonly server?: Pick<BffServerOptions, "address" | "limits">;
}

/** Starts the BFF of one tenant for its partners. */
export function startPartnerBff(needs: PartnerBffNeeds): Promise<BffServer> {
  const { config, secret, webhooks, batches, incoming, log } = needs;
  const api = partnerApi({
    business: new GatewayBusiness(needs.gateway),
    ask: agentOf(needs),
    requests: needs.requests,
    cursors: sealer(derived(secret, "seals")),
  });
  const app = partnerServer({
    authenticate: authenticatorOf(needs),
    api,
    tokenUrl: config.TOKEN_URL,
    quotas: partnerQuotas(needs.counter),
    log,
    ...(webhooks !== undefined && { webhooks }),
    ...(batches !== undefined && { batches }),
    ...(incoming !== undefined && { incoming }),
  });
  return startBffServer({ fetch: app.fetch, port: config.PORT, ...needs.server });
}

/** What digests of the API keys of a tenant are made with, by the secret of its BFF. */
export function digestKey(tenantId: string, secret: Buffer): DigestKey {
  return { tenantId, pepper: derived(secret, "api-keys") };
}

function authenticatorOf({ config, partners, secret }: PartnerBffNeeds): PartnerAuthenticator {
  const { SCOPE_PREFIX: scopePrefix, ISSUER: issuer, JWKS_URL, TRUSTED_PROXIES: proxies = [] } = config;
  return partnerAuthenticator({
    store: partners,
    apiKey: apiKeys(partners, digestKey(config.TENANT_ID, secret)),
    clientCertificate: clientCertificates(partners, { proxies }),
    ...(scopePrefix !== undefined && {
      accessToken: accessTokens(partners, { issuer, scopePrefix, keys: remoteKeys({ url: new URL(JWKS_URL) }) }),
    }),
  });
}

function agentOf({ config, certify, agent }: PartnerBffNeeds): AskAgent {
  const { TENANT_ID: tenantId, AGENT_URL: url, CLIENT_ID } = config;
  if (url === undefined)
    return () => Promise.reject(new ApiProblem("unavailable", "no agent runs here", { retryAfterSeconds: 3_600 }));
  const client = new AgentClient({ url: new URL(url), tenantId, ...agent });
  return askAgent(client, agentContextSigner({ tenantId, certify }), CLIENT_ID);
}

/** A secret of its own for each purpose (RFC 5869). */
function derived(secret: Buffer, purpose: string): Buffer {
  if (secret.length < 32) throw new TypeError("the secret must have at least 32 bytes");
  return Buffer.from(hkdfSync("sha256", secret, "", `partner-bff ${purpose}`, 32));
}
