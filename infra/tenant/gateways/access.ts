import * as pulumi from "@pulumi/pulumi";
import type { TokenCheck } from "../../../components/gateway/gateway.ts";
import { actsFor } from "../../../contracts/agents/names.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { SCOPES } from "../../../contracts/scopes.ts";
import type { AgentClientEntry, InterceptorEnvironment } from "../../../services/gateway-interceptor/config.ts";
import type { Inputs } from "../../artifacts/service-environment.ts";
import type { AgentIdentities, RegisteredAgent } from "../agents/identities.ts";
import type { BffSigning } from "../bff/signing.ts";
import type { MachinesFeature } from "../identity/machines.ts";
import type { PoolFeature } from "../identity/pool.ts";
import type { RealmFeature } from "../identity/realm.ts";

/** Whose tokens an interceptor accepts, as the variables of its process. */
export type TokenVariables = Pick<
  Inputs<InterceptorEnvironment>,
  | "ISSUER_PROFILE"
  | "ISSUER"
  | "JWKS_URL"
  | "SCOPES"
  | "AUDIENCE"
  | "CLIENTS"
  | "SCOPE_PREFIX"
  | "AGENT_CLIENTS"
  | "BFF_PUBLIC_KEYS"
>;

/** Who may call the gateway of one scenario. */
export interface GatewayAccess {
  readonly scenario: Scenario;
  /** What the gateway checks. */
  readonly tokens: TokenCheck;
  /** What its interceptor checks once more. */
  readonly variables: TokenVariables;
  /** What is before a scope in tokens, where it names the gateway. */
  readonly scopePrefix: string | undefined;
}

/** What says who may call the tenant's gateways. */
export interface Issuers {
  readonly realm: RealmFeature;
  readonly pool: PoolFeature;
  readonly agents: AgentIdentities;
  readonly machines: MachinesFeature;
  readonly bffSigning: BffSigning;
}

/** Who may call the gateway of each scenario of the tenant: developers by the realm, everybody else by the pool. */
export function gatewayAccess({ realm, ...ofPool }: Issuers): readonly GatewayAccess[] {
  return [...realmAccess(realm), ...poolAccess(ofPool)];
}

function realmAccess({ realm, audience }: RealmFeature): readonly GatewayAccess[] {
  if (realm === undefined) return [];
  const variables: TokenVariables = {
    ISSUER_PROFILE: "keycloak",
    ISSUER: realm.issuer,
    JWKS_URL: pulumi.interpolate`${realm.issuer}/protocol/openid-connect/certs`,
    AUDIENCE: audience,
    SCOPES: SCOPES.join(" "),
  };
  const tokens = { discoveryUrl: realm.discoveryUrl, allowedAudiences: [audience], allowedScopes: SCOPES };
  return [{ scenario: "internal", tokens, variables, scopePrefix: undefined }];
}

function poolAccess({
  pool: { pool, servers },
  agents,
  machines,
  bffSigning,
}: Omit<Issuers, "realm">): readonly GatewayAccess[] {
  if (pool === undefined) return [];
  return servers.map(({ scenario, identifier, scopes: allowedScopes }) => {
    const own = agents.all.filter((it) => it.scenarios.includes(scenario));
    const others = machines.all.filter((it) => it.scenario === scenario);
    const allowedClients = [...own, ...others].map((it) => it.identity.clientId);
    const variables: TokenVariables = {
      ISSUER_PROFILE: "cognito",
      ISSUER: pool.issuer,
      JWKS_URL: pulumi.interpolate`${pool.issuer}/.well-known/jwks.json`,
      CLIENTS: pulumi.all(allowedClients).apply((it) => it.join(" ")),
      SCOPE_PREFIX: identifier,
      SCOPES: SCOPES.join(" "),
      AGENT_CLIENTS: agentClients(own),
      ...(bffSigning.contextKey && { BFF_PUBLIC_KEYS: bffSigning.contextKey.publicKey }),
    };
    const tokens = { discoveryUrl: pool.discoveryUrl, allowedScopes, allowedClients };
    return { scenario, tokens, variables, scopePrefix: identifier };
  });
}

/** Which clients are agents, and on whose behalf each may call. */
function agentClients(agents: readonly RegisteredAgent[]): pulumi.Output<string> {
  const entries = agents.map(({ name, release, identity }) =>
    pulumi
      .output(identity.clientId)
      .apply((id): readonly [string, AgentClientEntry] => [
        id,
        { agent: name, version: release.version, actsFor: actsFor(name) },
      ]),
  );
  return pulumi.all(entries).apply((it) => JSON.stringify(Object.fromEntries(it)));
}
