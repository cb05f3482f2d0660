import type { Placed, Platform } from "../../engine/platform.ts";
import { oncePer } from "../../engine/once-per.ts";
import { covers } from "../../facts/grants/language/patterns.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { ownerOf, regionOf } from "./tenants.ts";

/** A namespace that a tenant's stack declares; a region has one cluster. */
export interface TenantNamespace extends Placed {
  readonly tenant: string;
  readonly region: string;
  readonly name: string;
}

/** The namespaces of all tenants. */
export const tenantNamespaces = oncePer((platform: Platform): readonly TenantNamespace[] =>
  platform.ofType(TYPE.namespace).flatMap((it) => {
    const [tenant, region, name] = [ownerOf(it.stack), regionOf(it.stack), rawName(it)];
    return tenant === undefined || region === undefined || name === undefined ? [] : [{ ...it, tenant, region, name }];
  }),
);

/** The namespaces of tenants on the cluster of a stack's region whose names a pattern with `*` matches. */
export function namespacesLike(pattern: string, at: Placed, platform: Platform): readonly TenantNamespace[] {
  return tenantNamespaces(platform).filter((it) => it.region === regionOf(at.stack) && covers(pattern, it.name));
}

function rawName({ resource }: Placed): string | undefined {
  const metadata = resource.resource.inputs["metadata"];
  const name = typeof metadata === "object" && metadata !== null && "name" in metadata ? metadata.name : undefined;
  return typeof name === "string" ? name : resource.name;
}
