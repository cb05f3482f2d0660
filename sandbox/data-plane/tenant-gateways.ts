import { SCOPES } from "../../contracts/scopes.ts";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { cedarPolicies } from "../../components/gateway/cedar-policies.ts";
import type { DirectoryEntry } from "../../contracts/directory-entry.ts";
import { offeredTo } from "../../environments/apis/own-tools.ts";
import { deployedFor, interceptorCatalogue, toolsOf } from "../../releases/published-servers.ts";
import { actsFor } from "../../contracts/agents/names.ts";
import { AGENTS } from "../../releases/releases.ts";
import type { Scenario } from "../../contracts/scenarios.ts";
import {
  type AgentClientEntry,
  readConfig,
  type InterceptorEnvironment,
} from "../../services/gateway-interceptor/config.ts";
import { interceptorOf } from "../../services/gateway-interceptor/lambda.ts";
import type { Certify } from "../../services/libraries/service-kit/tokens/context-delegation.ts";
import { MCP_REQUEST_HEADERS, MCP_RESPONSE_HEADERS } from "../../contracts/headers.ts";
import { CALLER_PERMISSIONS } from "../../environments/callers/roles.ts";
import { quotasOf } from "../../environments/quotas.ts";
import { SEARCH_TOOL } from "../../contracts/tool-names.ts";
import type { Logger } from "../../services/libraries/service-kit/log.ts";
import { PROFILES } from "../../services/libraries/service-kit/tokens/token-profile.ts";
import { startGateway, type Gateway } from "./gateway/gateway.ts";
import { refusalLine, type RefusalPlace } from "./gateway/refusal-line.ts";
import type { PoolClient } from "./identity/cognito/pool-clients.ts";
import type { LocalTenant } from "./local-tenants.ts";

/** The issuer of the tokens of one gateway's callers, and how a token is bound to the gateway. */
export type GatewayIdentity = { readonly issuer: string; readonly discoveryUrl: string; readonly jwksUrl: string } & (
  | { readonly profile: "keycloak"; readonly audience: string }
  | { readonly profile: "cognito"; readonly clients: readonly string[]; readonly scopePrefix: string }
);

/** Everything that one gateway is made of. */
export interface LocalGatewayOptions {
  readonly tenant: LocalTenant;
  readonly scenario: Scenario;
  readonly port: number;
  readonly identity: GatewayIdentity;
  readonly contextIssuer: string;
  readonly certify: Certify;
  /** By which the contexts of the tenant's BFFs are verified: SPKI in PEM. */
  readonly bffPublicKeys: string;
  /** The machines that it lets in. */
  readonly machines: readonly Pick<PoolClient, "name" | "clientId">[];
  /** The MCP endpoint behind each target. */
  readonly endpoints: ReadonlyMap<string, string>;
  /** Takes one audit line, or one of metrics. */
  readonly write: (line: string) => void;
  readonly log: { readonly warn: (fields: object, message: string) => void };
  readonly interceptorLog: Logger;
}

/** Whether the cloud's engine knows the gateway's own tool is not documented; here it is a tool like any other. */
const SEARCH_GRANT = { name: SEARCH_TOOL, scope: "mcp:read" } as const;

/** Starts the gateway of one tenant for one scenario: the interceptor and the Cedar text are those that are deployed. */
export function startTenantGateway(options: LocalGatewayOptions): Promise<Gateway> {
  const { tenant, scenario, port, identity, endpoints, write, log } = options;
  const deployed = deployedFor(scenario, offeredTo(tenant));
  const name = `${tenant.id}-${scenario}`;
  const arn = `arn:aws:bedrock-agentcore:${tenant.region}:000000000000:gateway/${name}-0000000000`;
  const scopePrefix = identity.profile === "cognito" ? identity.scopePrefix : undefined;
  const policies = cedarPolicies({
    tenant: tenant.id,
    tools: [...toolsOf(deployed), SEARCH_GRANT],
    ...(scopePrefix !== undefined && { scopePrefix }),
  });
  const authorizer = authorizerOf(tenant, identity);
  return startGateway({
    name,
    arn,
    port,
    log,
    refused: (refusal) => write(refusalLine(refusal, placeOf(tenant, identity))),
    authorizer,
    firstScopes: PROFILES[identity.profile].firstScopes(authorizer.allowedScopes),
    interceptor: interceptorFor(options),
    policies: policies.map((it) => ({ name: it.name, statement: it.statement(arn) })),
    targets: deployed.map(({ targetName }) => ({
      name: targetName,
      endpoint: endpoints.get(targetName) ?? "",
      allowedRequestHeaders: MCP_REQUEST_HEADERS,
      allowedResponseHeaders: MCP_RESPONSE_HEADERS,
    })),
  });
}

function placeOf({ id, residency }: LocalTenant, identity: GatewayIdentity): RefusalPlace {
  const scopePrefix = identity.profile === "cognito" ? identity.scopePrefix : "";
  return { tenantId: id, isGdpr: residency === "eu", profile: identity.profile, scopePrefix };
}

function authorizerOf(
  { id }: LocalTenant,
  identity: GatewayIdentity,
): Parameters<typeof startGateway>[0]["authorizer"] {
  return {
    discoveryUrl: identity.discoveryUrl,
    ...(identity.profile === "keycloak"
      ? { allowedAudiences: [identity.audience], allowedScopes: SCOPES }
      : {
          allowedClients: identity.clients,
          allowedScopes: SCOPES.map((it) => PROFILES.cognito.scopeAtIssuer(it, identity.scopePrefix)),
        }),
    customClaims: [
      {
        inboundTokenClaimName: "tenant_id",
        inboundTokenClaimValueType: "STRING",
        authorizingClaimMatchValue: { claimMatchOperator: "EQUALS", claimMatchValue: { matchValueString: id } },
      },
    ],
  };
}

function interceptorFor(options: LocalGatewayOptions): ReturnType<typeof interceptorOf> {
  const { tenant, scenario, identity, contextIssuer, certify, write, interceptorLog } = options;
  const environment: InterceptorEnvironment = {
    TENANT_ID: tenant.id,
    SCENARIO: scenario,
    ISSUER_PROFILE: identity.profile,
    ISSUER: identity.issuer,
    JWKS_URL: identity.jwksUrl,
    ...(identity.profile === "keycloak"
      ? { AUDIENCE: identity.audience }
      : {
          CLIENTS: identity.clients.join(","),
          SCOPE_PREFIX: identity.scopePrefix,
          AGENT_CLIENTS: agentClients(options.machines),
          BFF_PUBLIC_KEYS: options.bffPublicKeys,
        }),
    DEPLOYMENT_ENV: "local",
    SCOPES: SCOPES.join(","),
    CONTEXT_ISSUER: contextIssuer,
    CONTEXT_KEY_ARN: `arn:aws:kms:${tenant.region}:000000000000:key/${tenant.id}`,
    TENANT_TABLE: `alicerce-${tenant.id}`,
  };
  const entry: DirectoryEntry = {
    tenantId: tenant.id,
    status: "active",
    isGdpr: tenant.residency === "eu",
    ...(tenant.organization !== undefined && { organizationId: tenant.organization }),
    ...CALLER_PERMISSIONS,
    ...quotasOf(tenant.tiers),
  };
  return interceptorOf(readConfig(environment), {
    catalogue: interceptorCatalogue(scenario, offeredTo(tenant)),
    table: { directoryEntry: () => Promise.resolve(entry), counter: (it) => new RateLimiterMemory(it) },
    certify,
    write,
    log: interceptorLog,
  });
}

/** Which machines are agents, and on whose behalf each may call: as the plan says it to the deployed interceptors. */
function agentClients(machines: LocalGatewayOptions["machines"]): string {
  const entries = machines.flatMap(({ name, clientId }): readonly [string, AgentClientEntry][] => {
    const agent = Object.entries(AGENTS).find(([it]) => name === `agent-${it}`);
    if (agent === undefined) return [];
    const [type, { release }] = agent;
    return [[clientId, { agent: type, version: release.version, actsFor: actsFor(type) }]];
  });
  return JSON.stringify(Object.fromEntries(entries));
}
