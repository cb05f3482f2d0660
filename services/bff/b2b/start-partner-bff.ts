import { hkdfSync } from "node:crypto";
import type { Hono } from "hono";
import type { z } from "zod";
import { AgentClient, type AgentClientOptions } from "../../libraries/agent-client/agent-client.ts";
import { agentUrl } from "../../libraries/agent-client/agent-url.ts";
import type { Certify } from "../../libraries/service-kit/tokens/context-delegation.ts";
import { remoteKeys } from "../../libraries/service-kit/tokens/token-keys.ts";
import { agentContextSigner } from "../library/agent-context.ts";
import type { BffEnvironment } from "../library/bff-environment.ts";
import { type BffServer, type BffServerOptions, startBffServer } from "../library/bff-server.ts";
import { openedLater } from "../library/cloud/opened-later.ts";
import type { CounterFactory } from "../library/rate-limit.ts";
import { askAgent } from "./agents/ask-agent.ts";
import { partnerContext } from "./agents/partner-context.ts";
import { partnerApi } from "./api/api.ts";
import { sealer } from "./api/sealed.ts";
import { accessTokens } from "./authentication/access-tokens.ts";
import { apiKeys } from "./authentication/api-keys.ts";
import { type PartnerAuthenticator, partnerAuthenticator } from "./authentication/authenticator.ts";
import { clientCertificates } from "./authentication/client-certificates.ts";
import { AgentBusiness } from "./business/agent-business.ts";
import { byRules } from "./business/order-rules.ts";
import type { PartnerBffConfig } from "./config.ts";
import type { IdempotencyStore } from "./idempotency/idempotency-store.ts";
import type { DigestKey } from "./partners/api-key.ts";
import type { PartnerStore } from "./partners/partner-store.ts";
import { PARTNER_PATH } from "./paths.ts";
import { partnerQuotas } from "./quotas.ts";
import { partnerServer, type PartnerServerParts } from "./server.ts";

/** What the BFF of partners runs on, beside its configuration. */
export interface PartnerBffNeeds extends Pick<PartnerServerParts, "audit" | "log"> {
  /** The channels beside the API, for which the secret is given. */
  readonly channels?: (secret: Buffer) => Pick<PartnerServerParts, "webhooks" | "batches" | "incoming">;
  readonly config: z.output<typeof PartnerBffConfig>;
  readonly partners: PartnerStore;
  readonly requests: IdempotencyStore;
  /** At least 32 random bytes, the same for all processes of the tenant: digests of API keys and seals are made with it. */
  readonly secret: () => Promise<Buffer>;
  /** Certifies the signer of contexts by the tenant's BFF key. */
  readonly certify: Certify;
  readonly counter: CounterFactory;
  /** How agents are called as this workload. */
  readonly agent?: Pick<AgentClientOptions, "machineToken" | "fetch" | "limits">;
  readonly server?: Pick<BffServerOptions, "address" | "limits">;
}

/** Starts the BFF of one tenant for its partners; its secret is asked for with the first request. */
export function startPartnerBff(needs: PartnerBffNeeds): Promise<BffServer> {
  const app = openedLater(async () => serverOf(needs, await needs.secret()), needs.log);
  const isUpload = (path: string): boolean => path === PARTNER_PATH.batches;
  return startBffServer({ fetch: app.fetch, port: needs.config.PORT, isUpload, ...needs.server });
}

function serverOf(needs: PartnerBffNeeds, secret: Buffer): Hono<BffEnvironment> {
  const { audit, config, channels, log } = needs;
  const { agents, contextOf } = agentsOf(needs);
  const api = partnerApi({
    business: byRules(new AgentBusiness(agents["integration-processor"], contextOf), config.ORDER_RULES),
    ask: askAgent(agents, contextOf),
    requests: needs.requests,
    cursors: sealer(derived(secret, "seals")),
  });
  return partnerServer({
    tenantId: config.TENANT_ID,
    audit,
    authenticate: authenticatorOf(needs, secret),
    api,
    tokenUrl: config.PARTNERS_TOKEN_URL,
    quotas: partnerQuotas(needs.counter),
    log,
    ...channels?.(secret),
  });
}

/** What digests of the API keys of a tenant are made with, by the secret of its BFF. */
export function digestKey(tenantId: string, secret: Buffer): DigestKey {
  return { tenantId, pepper: derived(secret, "api-keys") };
}

function authenticatorOf({ config, partners }: PartnerBffNeeds, secret: Buffer): PartnerAuthenticator {
  const { SCOPE_PREFIX: scopePrefix, PARTNER_CLIENTS: clients = {}, ISSUER: issuer } = config;
  const { TRUSTED_PROXIES: proxies = [] } = config;
  const keys = remoteKeys({ url: new URL(`${issuer}/.well-known/jwks.json`) });
  return partnerAuthenticator({
    store: partners,
    apiKey: apiKeys(partners, digestKey(config.TENANT_ID, secret)),
    clientCertificate: clientCertificates(partners, { proxies }),
    ...(scopePrefix !== undefined && { accessToken: accessTokens(partners, { issuer, scopePrefix, keys, clients }) }),
  });
}

/** How the BFF asks agents, and as whom. */
export function agentsOf({ config, certify, agent }: Pick<PartnerBffNeeds, "config" | "certify" | "agent">) {
  const { TENANT_ID: tenantId, AGENTS, CLIENT_ID } = config;
  const clientOf = (address: string): AgentClient => new AgentClient({ url: agentUrl(address), tenantId, ...agent });
  return {
    agents: {
      coordinator: clientOf(AGENTS.coordinator),
      "integration-processor": clientOf(AGENTS["integration-processor"]),
    },
    contextOf: partnerContext(agentContextSigner({ tenantId, scenario: "b2b", certify }), CLIENT_ID),
  };
}

/** A secret of its own for each purpose (RFC 5869). */
function derived(secret: Buffer, purpose: string): Buffer {
  if (secret.length < 32) throw new TypeError("the secret must have at least 32 bytes");
  return Buffer.from(hkdfSync("sha256", secret, "", `partner-bff ${purpose}`, 32));
}
