import { GatewayCanary } from "../../../components/gateway/gateway-canary.ts";
import type { GatewayCanaryEnvironment } from "../../../services/gateway-canary/config.ts";
import { type Inputs, variables } from "../../artifacts/service-environment.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import { canaryService, type MachinesFeature } from "../identity/machines.ts";
import type { PoolFeature } from "../identity/pool.ts";
import type { TenantGateways } from "./gateways.ts";

/** What is tried, and as whom. */
export interface CanariesUpstream {
  readonly key: TenantKey;
  readonly pool: PoolFeature;
  readonly machines: MachinesFeature;
  readonly gateways: TenantGateways;
}

/** Declares what tries each of the tenant's gateways that machines may call; a person must sign in for the one of developers. */
export function tenantCanaries(
  { address, place, code, alertTopicArn, opts }: TenantContext,
  { key: { dataKey: key }, pool: { pool }, machines, gateways }: CanariesUpstream,
): void {
  const { tenant, environment } = address;
  if (pool === undefined) return;
  for (const { scenario, identity } of machines.canaries) {
    const gateway = gateways.all.find((it) => it.gateway.scenario === scenario)?.gateway;
    if (gateway === undefined) throw new TypeError(`${tenant.id} has no gateway for ${scenario}`);
    const { clientId, clientSecret } = identity;
    const told: Inputs<GatewayCanaryEnvironment> = {
      CLIENT_ID: clientId,
      CLIENT_SECRET_ARN: clientSecret.arn,
      TOKEN_URL: pool.tokenUrl,
      CANARY_GATEWAY_URL: gateway.url,
      TENANT_ID: tenant.id,
      SCENARIO: scenario,
      DEPLOYMENT_ENV: environment.name,
    };
    const runs = { code: code.gatewayCanary.archive(), environment: variables(told), topicArn: alertTopicArn };
    new GatewayCanary(canaryService(scenario), { ...runs, place, tenant: tenant.id, gateway, key, clientSecret }, opts);
  }
}
