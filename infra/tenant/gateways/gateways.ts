import { Gateway } from "../../../components/gateway/gateway.ts";
import type { Interceptor } from "../../../components/gateway/interceptor.ts";
import { PolicyEngine } from "../../../components/gateway/policy-engine.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantLogs } from "../observability/logs.ts";
import { type GatewayAccess, gatewayAccess, type Issuers } from "./access.ts";
import { interceptorOf, type InterceptorUpstream } from "./interceptor.ts";

/** The gateways of a tenant, one per scenario. */
export interface TenantGateways extends Feature {
  readonly all: readonly TenantGateway[];
}

/** A gateway, and what decides for it. */
export interface TenantGateway {
  readonly gateway: Gateway;
  readonly interceptor: Interceptor;
  readonly policyEngine: PolicyEngine;
  /** What is before a scope in the tokens of its issuer. */
  readonly scopePrefix: string | undefined;
}

/** What the gateways of a tenant are made of. */
export interface GatewayUpstream extends InterceptorUpstream, Issuers {
  readonly logs: TenantLogs;
}

/** Declares the gateway of each of the tenant's scenarios, with its interceptor and its policy engine. */
export function tenantGateways(context: TenantContext, upstream: GatewayUpstream): TenantGateways {
  const all = gatewayAccess(upstream).map((it) => gatewayOf(context, it, upstream));
  // The policies of an engine wait for targets, and with them whatever waits for the engine as a whole; a gateway has it anyway.
  return { all, resources: all.flatMap((it) => [it.interceptor, it.gateway]) };
}

function gatewayOf(context: TenantContext, access: GatewayAccess, upstream: GatewayUpstream): TenantGateway {
  const { address, place, alertTopicArn, opts } = context;
  const { id: tenant } = address.tenant;
  const { scenario, tokens, scopePrefix } = access;
  const key = upstream.key.dataKey;
  const interceptor = interceptorOf(context, access, upstream);
  const policyEngine = new PolicyEngine(`policies-${scenario}`, { tenant, scenario, key }, opts);
  const watched = { key, logs: upstream.logs.vended, alertTopicArn };
  const gateway = new Gateway(
    `gateway-${scenario}`,
    { place, tenant, scenario, tokens, interceptor, policyEngine, ...watched },
    opts,
  );
  return { gateway, interceptor, policyEngine, scopePrefix };
}
