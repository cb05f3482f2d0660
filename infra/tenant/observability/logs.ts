import { VendedLogs } from "../../../components/observability/vended-logs.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";

/** Where the tenant's gateways and runtimes write. */
export interface TenantLogs extends Feature {
  readonly vended: VendedLogs;
}

/** Declares the log group of the tenant's gateways and runtimes, under the tenant's key. */
export function tenantLogs({ address, opts }: TenantContext, { dataKey }: TenantKey): TenantLogs {
  const vended = new VendedLogs("logs", { tenant: address.tenant.id, kmsKeyArn: dataKey.arn }, opts);
  return { vended, resources: [vended] };
}
