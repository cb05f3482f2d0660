import { KeycloakRealm } from "../../../components/identity/keycloak-realm.ts";
import { STAFF_GROUPS } from "../../../environments/callers/roles.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";

/** The Keycloak realm that issues tokens to the tenant's developers. */
export interface RealmFeature extends Feature {
  /** Absent for a tenant without the scenario `internal`. */
  readonly realm: KeycloakRealm | undefined;
  /** The `aud` of its tokens. */
  readonly audience: string;
}

/** Declares the tenant's realm, where the tenant has developers. */
export function tenantRealm({ address, keycloakUrl, opts }: TenantContext): RealmFeature {
  const { tenant, region, environment } = address;
  const audience = `https://${tenant.id}.internal.${region}.${environment.domain}/mcp`;
  if (!tenant.scenarios.some((it) => it === "internal")) return { realm: undefined, audience, resources: [] };
  const args = {
    tenant: tenant.id,
    url: keycloakUrl,
    audience,
    groups: STAFF_GROUPS,
    ...(tenant.directory && { directory: tenant.directory }),
  };
  const realm = new KeycloakRealm("realm", args, opts);
  return { realm, audience, resources: [realm] };
}
