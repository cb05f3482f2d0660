import { AGENT_CONTEXT_SECONDS, bffIssuer, gatewayAudience } from "../../contracts/agents/identity.ts";
import { contextTokenVerifier } from "../libraries/service-kit/tokens/context-token.ts";
import { type OnBehalfSources, personBehind } from "./on-behalf.ts";
import type { Certify } from "../libraries/service-kit/tokens/context-delegation.ts";
import { contextSigner } from "../libraries/service-kit/tokens/context-signer.ts";
import { serviceLog } from "../libraries/service-kit/log.ts";
import type { Logger } from "../libraries/service-kit/log.ts";
import { remoteKeys } from "../libraries/service-kit/tokens/token-keys.ts";
import { PROFILES } from "../libraries/service-kit/tokens/token-profile.ts";
import { tokenVerifier } from "../libraries/service-kit/tokens/token.ts";
import type { TokenVerifier } from "../libraries/service-kit/tokens/token.ts";
import type { InterceptorCatalogue } from "../../contracts/interceptor-catalogue.ts";
import type { Config } from "./config.ts";
import { tenantDirectory } from "./directory.ts";
import { isRecord } from "../../contracts/json.ts";
import { interceptor } from "./interceptor.ts";
import type { Interceptor, Invocation } from "./interceptor.ts";
import { quota } from "./quota.ts";
import type { TenantTable } from "./tenant-table.ts";

/** What Lambda tells of an invocation, as far as it is read here. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly clientContext?: unknown;
}

/** What the function works with besides its configuration. */
export interface InterceptorResources {
  readonly catalogue: InterceptorCatalogue;
  readonly table: TenantTable;
  /** The tenant's KMS key. */
  readonly certify: Certify;
  /** Takes one line of audit log or metrics. */
  readonly write: (line: string) => void;
  /** Standard output, as Lambda has it, without one. */
  readonly log?: Logger;
}

/** Makes the interceptor that a configuration describes. */
export function interceptorOf(
  config: Config,
  { catalogue, table, certify, write, log }: InterceptorResources,
): Interceptor {
  const profile = PROFILES[config.ISSUER_PROFILE];
  return interceptor({
    tenantId: config.TENANT_ID,
    scenario: config.SCENARIO,
    firstScopes: profile.firstScopes(config.SCOPES),
    scopeAtIssuer: (scope) => profile.scopeAtIssuer(scope, config.SCOPE_PREFIX ?? ""),
    verify: verifierOf(config),
    ...onBehalfOf(config),
    directory: tenantDirectory(table.directoryEntry),
    quota: quota(table.counter, config.SCENARIO),
    catalogue,
    signer: {
      sign: contextSigner({ issuer: config.CONTEXT_ISSUER, certify }),
      servers: [...new Set(Object.values(catalogue.servers))],
    },
    write,
    log: log ?? serviceLog("gateway-interceptor"),
    now: Date.now,
  });
}

/** Who may call for whom: agents, for those whom a BFF of the tenant verified for this gateway. */
function onBehalfOf(config: Config): OnBehalfSources {
  const { AGENT_CLIENTS, BFF_PUBLIC_KEYS: publicKeys, DEPLOYMENT_ENV: deploymentEnv, TENANT_ID: tenantId } = config;
  const agents = Object.fromEntries(
    Object.entries(AGENT_CLIENTS).map(([id, { agent, version, actsFor }]) => [
      id,
      { agentType: agent, version, deploymentEnv, actsFor },
    ]),
  );
  if (publicKeys === undefined) return { agents };
  const verify = contextTokenVerifier({
    issuer: bffIssuer(tenantId),
    audience: gatewayAudience(config.SCENARIO),
    tenantId,
    publicKeys,
    lifetimeSeconds: AGENT_CONTEXT_SECONDS,
  });
  return { agents, person: personBehind(verify) };
}

function verifierOf({ AUDIENCE, CLIENTS, SCOPE_PREFIX, ...config }: Config): TokenVerifier {
  const options = {
    profile: config.ISSUER_PROFILE,
    issuer: config.ISSUER,
    keys: remoteKeys({ url: new URL(config.JWKS_URL) }),
    tenantId: config.TENANT_ID,
    scopes: config.SCOPES,
  };
  if (CLIENTS !== undefined && SCOPE_PREFIX !== undefined) {
    return tokenVerifier({
      ...options,
      clients: CLIENTS,
      scopePrefix: SCOPE_PREFIX,
      ...(AUDIENCE !== undefined && { audience: AUDIENCE }),
    });
  }
  if (AUDIENCE === undefined) throw new TypeError("AUDIENCE must be set");
  return tokenVerifier({ ...options, audience: AUDIENCE, ...(CLIENTS && { clients: CLIENTS }) });
}

const GATEWAY_ARN = /^arn:[\w-]+:bedrock-agentcore:([a-z0-9-]+):\d{12}:gateway\/([a-z0-9-]+)$/;

/** What the gateway says of an invocation in Lambda's client context; without it every try is a call of its own. */
export function invocationOf({ awsRequestId, clientContext }: LambdaContext): Invocation {
  const context = isRecord(clientContext) ? clientContext : {};
  const custom = isRecord(context["custom"]) ? context["custom"] : {};
  const { REQUEST_ID: requestId, SOURCE_IP: sourceIp, GATEWAY_ARN: arn } = { ...context, ...custom };
  const [, region, id] = GATEWAY_ARN.exec(typeof arn === "string" ? arn : "") ?? [];
  return {
    requestId: typeof requestId === "string" && requestId !== "" ? requestId : awsRequestId,
    ...(typeof sourceIp === "string" && { sourceIp }),
    ...(region !== undefined && id !== undefined && { resourceMetadataUrl: resourceMetadataUrl(id, region) }),
  };
}

/** A gateway's address is known only once it exists, and it exists only after this function does. */
function resourceMetadataUrl(id: string, region: string): string {
  return `https://${id}.gateway.bedrock-agentcore.${region}.amazonaws.com/.well-known/oauth-protected-resource`;
}
