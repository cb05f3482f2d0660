import type * as aws from "@pulumi/aws";
import { BffIdentity } from "../../../components/bff/bff-identity.ts";
import { SIGNED_IN_PATH } from "../../../contracts/bff/paths.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import type { PoolFeature } from "../identity/pool.ts";
import { type Bff, bffAddress, bffService, bffsOf } from "./bffs.ts";
import type { BffSigning } from "./signing.ts";

/** A BFF with an identity of its own. */
export interface RegisteredBff extends Bff {
  readonly identity: BffIdentity;
  /** The application in which consumers sign in; partners' machines have clients of their own. */
  readonly signIn: aws.cognito.UserPoolClient | undefined;
}

/** The tenant's BFFs, each with its role and its client at the pool. */
export interface BffIdentities extends Feature {
  readonly all: readonly RegisteredBff[];
}

/** What the identities are made of. */
export interface BffIdentitiesUpstream {
  readonly key: TenantKey;
  readonly pool: PoolFeature;
  readonly bffSigning: BffSigning;
}

/** Declares the identity of every BFF of the tenant; there are none without a pool. */
export function bffIdentities(context: TenantContext, upstream: BffIdentitiesUpstream): BffIdentities {
  const { address, place, cluster, code, opts } = context;
  const { key, pool, bffSigning } = upstream;
  const { pool: issuer, signInProviders } = pool;
  const { contextKey: signing } = bffSigning;
  if (issuer === undefined || signing === undefined) return { all: [], resources: [] };
  const tenant = address.tenant.id;
  const all = bffsOf(address.tenant.scenarios).map((it) => {
    const service = bffService(it);
    const { scenario } = it;
    const pods = { clusterArn: cluster.arn, namespace: tenant, serviceAccount: service };
    const identity = new BffIdentity(
      service,
      {
        ...{ place, tenant, scenario, pods, pool: issuer, signing },
        scopes: pool.agentScopes,
        key: key.dataKey,
        tokenCode: code.agentToken.archive(),
      },
      opts,
    );
    const { url } = bffAddress(it, address);
    const addresses = { callback: `${url}${SIGNED_IN_PATH}`, signedOut: `${url}/` };
    const signIn =
      scenario === "b2c" ? issuer.signInClient(`${service}-sign-in`, addresses, signInProviders) : undefined;
    return { ...it, identity, signIn };
  });
  return { all, resources: all.flatMap(({ identity, signIn }) => [identity, ...(signIn ? [signIn] : [])]) };
}
