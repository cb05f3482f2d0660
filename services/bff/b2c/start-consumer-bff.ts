import type { z } from "zod";
import { SCOPES } from "../../../contracts/scopes.ts";
import { type AgentClientOptions, AgentClient } from "../../libraries/agent-client/agent-client.ts";
import { agentUrl } from "../../libraries/agent-client/agent-url.ts";
import type { Certify } from "../../libraries/service-kit/tokens/context-delegation.ts";
import { remoteKeys } from "../../libraries/service-kit/tokens/token-keys.ts";
import { type TokenVerifier, tokenVerifier } from "../../libraries/service-kit/tokens/token.ts";
import { agentContextSigner } from "../library/agent-context.ts";
import type { Audited } from "../library/audited.ts";
import type { BffLog } from "../library/bff-environment.ts";
import { type BffServer, type BffServerOptions, startBffServer } from "../library/bff-server.ts";
import { type CounterFactory, rateLimit } from "../library/rate-limit.ts";
import { consumerBff, type ConsumerBffParts } from "./app.ts";
import { Conversations } from "./chat/conversations.ts";
import { type RunLimits, Runs } from "./chat/runs.ts";
import type { ConsumerBffConfig } from "./config.ts";
import type { ConsumerEnvironment } from "./consumer-environment.ts";
import type { PageFiles } from "./page-files.ts";
import { recordCookie } from "./sign-in/cookies.ts";
import { IdentityProvider } from "./sign-in/identity-provider.ts";
import { type SessionLifetime, Sessions } from "./sign-in/sessions.ts";
import type { RecordStore } from "./store/records.ts";

/** What the BFF for consumers runs on, beside its configuration. */
export interface ConsumerBffNeeds extends Pick<Audited<ConsumerEnvironment>, "audit"> {
  readonly config: z.output<typeof ConsumerBffConfig>;
  /** Certifies the signer of contexts by the tenant's BFF key. */
  readonly certify: Certify;
  readonly records: RecordStore;
  readonly counter: CounterFactory;
  readonly page: PageFiles;
  readonly log: BffLog;
  /** How the agent is called as this workload. */
  readonly agent?: Pick<AgentClientOptions, "machineToken" | "fetch" | "limits">;
  readonly runLimits?: Partial<RunLimits>;
  readonly sessionLifetime?: SessionLifetime;
  readonly server?: Pick<BffServerOptions, "address" | "limits">;
}

const HOUR_SECONDS = 3_600;

/** Starts the BFF of one tenant for its consumers. */
export async function startConsumerBff(needs: ConsumerBffNeeds): Promise<BffServer> {
  const runs = new Runs(needs.runLimits);
  const app = consumerBff(partsOf(needs, runs));
  const server = await startBffServer({ fetch: app.fetch, port: needs.config.PORT, ...needs.server });
  const stop = async (): Promise<void> => {
    runs.stop();
    await server.stop();
  };
  return { port: server.port, stop };
}

function partsOf(needs: ConsumerBffNeeds, runs: Runs): ConsumerBffParts {
  const { audit, config, records, certify, log, page, sessionLifetime: lifetime } = needs;
  const { TENANT_ID: tenantId, PUBLIC_URL: origin } = config;
  const provider = providerOf(config);
  return {
    tenantId,
    origin,
    provider,
    signInProviders: config.SIGN_IN_PROVIDERS,
    records,
    runs,
    page,
    log,
    audit,
    conversations: new Conversations(records),
    sessions: new Sessions({ records, provider, ...(lifetime !== undefined && { lifetime }) }),
    sessionCookie: recordCookie("session", tenantId, "Strict"),
    signInCookie: recordCookie("sign-in", tenantId, "Lax"),
    web: { clientId: config.CLIENT_ID, scopes: SCOPES },
    verifyAccess: verifierOf(config),
    agent: new AgentClient({ url: agentUrl(config.AGENTS.coordinator), tenantId, ...needs.agent }),
    sign: agentContextSigner({ tenantId, scenario: "b2c", certify }),
    allowedOrigins: config.ALLOWED_ORIGINS ?? [],
    answersFrom: config.ANSWERS_FROM,
    proxies: config.PROXIES,
    limits: limitsOf(needs),
  };
}

function limitsOf({ config, counter }: ConsumerBffNeeds): ConsumerBffParts["limits"] {
  const hourly = (name: string, requests: number) =>
    rateLimit([{ name, requests, windowSeconds: HOUR_SECONDS }], counter);
  return {
    anonymous: hourly("anonymous", config.ANONYMOUS_PER_HOUR),
    signedIn: hourly("signed-in", config.SIGNED_IN_PER_HOUR),
  };
}

function providerOf(config: ConsumerBffNeeds["config"]): IdentityProvider {
  const redirectUri = `${config.PUBLIC_URL}/sign-in/callback`;
  return new IdentityProvider({ issuer: new URL(config.ISSUER), clientId: config.CLIENT_ID, redirectUri });
}

function verifierOf(config: ConsumerBffNeeds["config"]): TokenVerifier | undefined {
  const { ISSUER: issuer, TENANT_ID: tenantId, APP_CLIENTS: clients, SCOPE_PREFIX: scopePrefix } = config;
  if (clients === undefined || scopePrefix === undefined) return undefined;
  const keys = remoteKeys({ url: new URL(`${issuer}/.well-known/jwks.json`) });
  return tokenVerifier({ profile: "cognito", issuer, keys, tenantId, scopes: SCOPES, clients, scopePrefix });
}
