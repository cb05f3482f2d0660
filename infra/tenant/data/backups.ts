import { BackupPlan } from "../../../components/backup/backup-plan.ts";
import { BACKUP_DAYS } from "../../../environments/residency.ts";
import type { RunningBffs } from "../bff/workloads.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "./key.ts";
import type { TenantStores } from "./stores.ts";

/** What of a tenant's is backed up. */
export interface BackupsUpstream {
  readonly key: TenantKey;
  readonly stores: TenantStores;
  readonly bffs: RunningBffs;
}

/** Declares the backups of the tenant's database and tables; what is in buckets has versions. */
export function tenantBackups(
  { address, place, opts }: TenantContext,
  { key, stores, bffs }: BackupsUpstream,
): Feature {
  const { tenant } = address;
  const plan = new BackupPlan(
    "backups",
    {
      place,
      owner: tenant.id,
      key: key.dataKey,
      days: BACKUP_DAYS[tenant.residency],
      stores: { databases: [stores.database.arn], tables: [stores.table.arn, ...bffs.tableArns] },
    },
    opts,
  );
  return { resources: [plan] };
}
