import { DataKey } from "../../../components/encryption/data-key.ts";
import { archiveMayUse, busMayUse, deliveriesMayUse } from "../../../components/encryption/key-policy.ts";
import { busName } from "../../../contracts/bff/events.ts";
import { standbyOf } from "../../../environments/residency.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";

/** The key under which everything of the tenant is encrypted. */
export interface TenantKey extends Feature {
  readonly dataKey: DataKey;
}

/** Declares the tenant's key, with its replica in the standby region of the residency. */
export function tenantKey({ address, place, opts }: TenantContext): TenantKey {
  const { tenant, region } = address;
  const dataKey = new DataKey(
    "key",
    {
      place,
      description: `Data of ${tenant.id}`,
      alias: `alicerce/tenant/${tenant.id}`,
      standby: standbyOf(region),
      services: [
        deliveriesMayUse(place),
        busMayUse(place, busName(tenant.id)),
        archiveMayUse(place, busName(tenant.id)),
      ],
    },
    opts,
  );
  return { dataKey, resources: [dataKey] };
}
