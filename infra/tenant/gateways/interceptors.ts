import { interceptorCatalogue } from "../../../releases/published-servers.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import type { ContextKey } from "../../../components/compute/context-key.ts";
import type { TenantTable } from "../../../components/data/tenant-table.ts";
import type { DataKey } from "../../../components/encryption/data-key.ts";
import { Interceptor } from "../../../components/gateway/interceptor.ts";
import type { InterceptorEnvironment } from "../../../services/gateway-interceptor/config.ts";
import { type Inputs, variables } from "../../artifacts/service-environment.ts";
import type { TokenIdentity } from "../identity/issuers.ts";
import type { TenantSite } from "../context.ts";

/** What the interceptors of a tenant share. */
export interface InterceptorGround {
  readonly key: DataKey;
  readonly contextKey: ContextKey;
  readonly table: TenantTable;
}

/** Who signs a tenant's context tokens, as its MCP servers know them. */
export function contextIssuer({ name }: TenantSite): string {
  return `urn:alicerce:interceptor:${name}`;
}

/** The interceptor of a tenant's gateway for one scenario. */
export function interceptorOf(
  site: TenantSite,
  scenario: Scenario,
  identity: TokenIdentity,
  { key, contextKey, table }: InterceptorGround,
): Interceptor {
  const { address, place, code, opts } = site;
  const tenant = address.tenant.id;
  const environment: Inputs<InterceptorEnvironment> = {
    ...identity,
    TENANT_ID: tenant,
    SCENARIO: scenario,
    CONTEXT_ISSUER: contextIssuer(site),
    CONTEXT_KEY_ARN: contextKey.arn,
    TENANT_TABLE: table.tableName,
  };
  const catalogue = JSON.stringify(interceptorCatalogue(scenario));
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
    },
    opts,
  );
}
