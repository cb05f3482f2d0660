import type * as pulumi from "@pulumi/pulumi";
import { AGENT_POOL_SCOPES, TenantPool } from "../../../components/identity/tenant-pool.ts";
import { SignInProviders } from "../../../components/identity/sign-in-providers.ts";
import { TokenClaims } from "../../../components/identity/token-claims.ts";
import { poolDomain } from "../../../contracts/identity/pool-domain.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { signInProvidersOf } from "../../../environments/callers/sign-in-providers.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";

/** The Amazon Cognito pool that issues tokens to the tenant's consumers, partners and agents. */
export interface PoolFeature extends Feature {
  /** Absent for a tenant that has developers only. */
  readonly pool: TenantPool | undefined;
  /** The resource server of each gateway whose tokens the pool issues. */
  readonly servers: readonly ResourceServer[];
  /** By whom else consumers have themselves signed in; absent where it is the pool alone. */
  readonly signInProviders: SignInProviders | undefined;
  /** The full names of the scopes by which the tenant's agents are called. */
  readonly agentScopes: readonly pulumi.Output<string[]>[];
}

/** What binds a token to one gateway. */
export interface ResourceServer {
  readonly scenario: Scenario;
  /** What is before a scope in the pool's tokens. */
  readonly identifier: string;
  /** The full names of its scopes. */
  readonly scopes: pulumi.Output<string[]>;
}

/** Declares the tenant's pool and the scopes of its gateways, where the tenant has consumers or partners. */
export function tenantPool(context: TenantContext, { dataKey: key }: TenantKey): PoolFeature {
  const { name, address, place, code, opts } = context;
  const { tenant, environment } = address;
  const scenarios = (["b2c", "b2b"] as const).filter((it) => tenant.scenarios.some((other) => other === it));
  if (scenarios.length === 0) return NO_POOL;
  const claims = { place, tenant: tenant.id, key, code: code.tokenClaims.archive() };
  const tokenClaims = new TokenClaims("token-claims", claims, opts);
  const domain = poolDomain(environment, tenant.id);
  const pool = new TenantPool("pool", { place, tenant: tenant.id, domain, tokenClaims }, opts);
  const servers = scenarios.map((scenario) => {
    const identifier = `${name}.${scenario}`;
    return { scenario, identifier, scopes: pool.scopesOf(scenario, identifier) };
  });
  const agentScopes = [pool.scopesOf("agents", `${name}.agents`, AGENT_POOL_SCOPES)];
  const signInProviders = providersOf(context, pool, key);
  const resources = [tokenClaims, pool, ...(signInProviders ? [signInProviders] : [])];
  return { pool, servers, agentScopes, signInProviders, resources };
}

const NO_POOL: PoolFeature = {
  pool: undefined,
  servers: [],
  agentScopes: [],
  signInProviders: undefined,
  resources: [],
};

function providersOf(
  { address: { tenant }, place, code, opts }: TenantContext,
  pool: TenantPool,
  key: TenantKey["dataKey"],
): SignInProviders | undefined {
  const providers = signInProvidersOf(tenant.signInProviders);
  if (Object.keys(providers).length === 0) return undefined;
  const { archive, digest: codeDigest } = code.signInProviders;
  const args = { place, tenant: tenant.id, key, pool, providers, code: archive(), codeDigest };
  return new SignInProviders("sign-in-providers", args, opts);
}
