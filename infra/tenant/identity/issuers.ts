import * as pulumi from "@pulumi/pulumi";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { AgentIdentity } from "../../../components/agents/agent-identity.ts";
import { runtimePermissions, runtimeTrust } from "../../../components/compute/runtime-role.ts";
import type { DataKey } from "../../../components/encryption/data-key.ts";
import type { TokenCheck } from "../../../components/gateway/gateway.ts";
import { SCOPES } from "../../../contracts/scopes.ts";
import { KeycloakRealm } from "../../../components/identity/keycloak-realm.ts";
import { trustPods } from "../../../components/identity/service-role.ts";
import { TenantPool } from "../../../components/identity/tenant-pool.ts";
import { TokenClaims } from "../../../components/identity/token-claims.ts";
import type { InterceptorEnvironment } from "../../../services/gateway-interceptor/config.ts";
import { type Agent, agentRuntimeName, agentService, agentsOf } from "../agents/agents.ts";
import type { Inputs } from "../../artifacts/service-environment.ts";
import type { TenantSite } from "../context.ts";

/** Who vouches for the callers of some of a tenant's gateways. */
export interface Issuer {
  readonly name: "cognito" | "keycloak";
  readonly discoveryUrl: pulumi.Output<string>;
  readonly gateways: readonly {
    readonly scenario: Scenario;
    /** What the gateway checks. */
    readonly tokens: TokenCheck;
    /** What its interceptor checks once more. */
    readonly identity: TokenIdentity;
    /** What is before a scope in tokens, where it names the gateway. */
    readonly scopePrefix: string | undefined;
  }[];
  readonly agents: readonly RegisteredAgent[];
  readonly resources: readonly pulumi.Resource[];
}

/** Whose tokens an interceptor accepts. */
export type TokenIdentity = Pick<
  Inputs<InterceptorEnvironment>,
  "ISSUER_PROFILE" | "ISSUER" | "JWKS_URL" | "SCOPES" | "AUDIENCE" | "CLIENTS" | "SCOPE_PREFIX"
>;

/** An agent with an identity of its own. */
export interface RegisteredAgent extends Agent {
  readonly identity: AgentIdentity;
}

/** The issuers that a tenant's scenarios need: Keycloak for its developers, Amazon Cognito for consumers, partners and agents. */
export function issuersOf(site: TenantSite, key: DataKey): readonly Issuer[] {
  const scenarios = new Set<Scenario>(site.address.tenant.scenarios);
  const machines = (["b2c", "b2b"] as const).filter((it) => scenarios.has(it));
  return [
    ...(scenarios.has("internal") ? [developers(site)] : []),
    ...(machines.length > 0 ? [machinesOf(site, key, machines)] : []),
  ];
}

function developers({ address, keycloakUrl, opts }: TenantSite): Issuer {
  const { tenant, region, environment } = address;
  const audience = `https://${tenant.id}.internal.${region}.${environment.domain}/mcp`;
  const realm = new KeycloakRealm("realm", { tenant: tenant.id, url: keycloakUrl, audience }, opts);
  const { discoveryUrl } = realm;
  const tokens = { discoveryUrl, allowedAudiences: [audience], allowedScopes: SCOPES };
  const identity: TokenIdentity = {
    ISSUER_PROFILE: "keycloak",
    ISSUER: realm.issuer,
    JWKS_URL: pulumi.interpolate`${realm.issuer}/protocol/openid-connect/certs`,
    AUDIENCE: audience,
    SCOPES: SCOPES.join(" "),
  };
  const gateways = [{ scenario: "internal", tokens, identity, scopePrefix: undefined }] as const;
  return { name: "keycloak", discoveryUrl, gateways, agents: [], resources: [realm] };
}

function machinesOf(site: TenantSite, key: DataKey, scenarios: readonly Scenario[]): Issuer {
  const { name, address, place, opts } = site;
  const { tenant, environment } = address;
  const tokenClaims = new TokenClaims(
    "token-claims",
    { place, tenant: tenant.id, key, code: site.code.tokenClaims.archive() },
    opts,
  );
  const domain = `alicerce-${environment.name}-${tenant.id}-${place.account}`;
  const pool = new TenantPool("pool", { place, tenant: tenant.id, domain, tokenClaims }, opts);
  const scopes = new Map(scenarios.map((it) => [it, pool.scopesOf(it, gatewayResource(name, it))]));
  const agents = agentsOf(tenant.scenarios).map((it) => ({
    ...it,
    identity: identityOf(it, site, { pool, scopes, key }),
  }));
  const { discoveryUrl } = pool;
  const gateways = [...scopes].map(([scenario, allowedScopes]) => {
    const allowedClients = agents.filter((it) => it.scenarios.includes(scenario)).map((it) => it.identity.clientId);
    const scopePrefix = gatewayResource(name, scenario);
    const identity: TokenIdentity = {
      ISSUER_PROFILE: "cognito",
      ISSUER: pool.issuer,
      JWKS_URL: pulumi.interpolate`${pool.issuer}/.well-known/jwks.json`,
      CLIENTS: pulumi.all(allowedClients).apply((it) => it.join(" ")),
      SCOPE_PREFIX: scopePrefix,
      SCOPES: SCOPES.join(" "),
    };
    return { scenario, tokens: { discoveryUrl, allowedScopes, allowedClients }, identity, scopePrefix };
  });
  const resources = [tokenClaims, pool, ...agents.map((it) => it.identity)];
  return { name: "cognito", discoveryUrl, gateways, agents, resources };
}

/** The resource server of a gateway, which binds a token to it. */
function gatewayResource(address: string, scenario: Scenario): string {
  return `${address}.${scenario}`;
}

interface Registry {
  readonly pool: TenantPool;
  readonly scopes: ReadonlyMap<Scenario, pulumi.Output<string[]>>;
  readonly key: DataKey;
}

function identityOf(agent: Agent, site: TenantSite, { pool, scopes, key }: Registry): AgentIdentity {
  const { address, place, opts } = site;
  const { environment, tenant } = address;
  const runtime = { place, service: agentService(agent), runtimeName: agentRuntimeName(tenant.id, agent) };
  const pods = { clusterArn: site.cluster.arn, namespace: tenant.id, serviceAccount: agent.name };
  const onEks = environment.agentHosting === "eks";
  return new AgentIdentity(
    agentService(agent),
    {
      place,
      agent: agent.name,
      trust: onEks ? trustPods(place, pods) : runtimeTrust(runtime),
      hosting: onEks ? [] : runtimePermissions(runtime),
      pool,
      scopes: agent.scenarios.flatMap((it) => scopes.get(it) ?? []),
      key,
      model: { id: environment.model, residency: tenant.residency },
    },
    opts,
  );
}
