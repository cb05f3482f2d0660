import { Interceptor } from "../../../components/gateway/interceptor.ts";
import { offeredTo } from "../../../environments/apis/own-tools.ts";
import { interceptorCatalogue } from "../../../releases/published-servers.ts";
import type { InterceptorEnvironment } from "../../../services/gateway-interceptor/config.ts";
import { type Inputs, variables } from "../../artifacts/service-environment.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import type { TenantStores } from "../data/stores.ts";
import type { ContextSigning } from "../identity/context-key.ts";
import type { GatewayAccess } from "./access.ts";

/** What the interceptors of a tenant share. */
export interface InterceptorUpstream {
  readonly key: TenantKey;
  readonly signing: ContextSigning;
  readonly stores: TenantStores;
}

/** Declares the interceptor of the tenant's gateway for one scenario. */
export function interceptorOf(
  { address, place, code, alertTopicArn, opts }: TenantContext,
  { scenario, variables: tokenVariables }: GatewayAccess,
  { key: { dataKey: key }, signing: { issuer, contextKey }, stores: { table } }: InterceptorUpstream,
): Interceptor {
  const tenant = address.tenant.id;
  const environment: Inputs<InterceptorEnvironment> = {
    ...tokenVariables,
    TENANT_ID: tenant,
    SCENARIO: scenario,
    DEPLOYMENT_ENV: address.environment.name,
    CONTEXT_ISSUER: issuer,
    CONTEXT_KEY_ARN: contextKey.arn,
    TENANT_TABLE: table.tableName,
    LOG_LEVEL: address.environment.logLevel ?? "INFO",
  };
  const catalogue = JSON.stringify(interceptorCatalogue(scenario, offeredTo(address.tenant)));
  return new Interceptor(
    `interceptor-${scenario}`,
    {
      place,
      tenant,
      scenario,
      key,
      contextKey,
      table,
      code: code.interceptor.archive({ "catalogue.json": catalogue }),
      environment: variables(environment),
      alertTopicArn,
    },
    opts,
  );
}
