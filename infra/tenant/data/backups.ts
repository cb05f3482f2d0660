import type * as pulumi from "@pulumi/pulumi";
import { BackupPlan } from "../../../components/backup/backup-plan.ts";
import type { KeyedTable } from "../../../components/data/keyed-table.ts";
import type { TenantTable } from "../../../components/data/tenant-table.ts";
import { copyAlarms } from "../../../components/observability/copy-alarms.ts";
import { BACKUP_DAYS } from "../../../environments/residency.ts";
import type { AgentTables } from "../agents/tables.ts";
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
  readonly tables: AgentTables;
}

/** Declares the backups of the tenant's database and tables, and who hears that copies are late; what is in buckets has versions. */
export function tenantBackups(context: TenantContext, upstream: BackupsUpstream): Feature {
  const { address, place, opts } = context;
  const { key, stores } = upstream;
  const { tenant } = address;
  const plan = new BackupPlan(
    "backups",
    {
      place,
      owner: tenant.id,
      key: key.dataKey,
      days: BACKUP_DAYS[tenant.residency],
      stores: {
        databases: [{ arn: stores.database.arn, ...stores.database.placement }],
        tables: Object.values(tablesOf(upstream)).map((it) => it.arn),
      },
    },
    opts,
  );
  return { resources: [plan, ...alarms(context, upstream)] };
}

function tablesOf({ stores, bffs, tables }: BackupsUpstream): Readonly<Record<string, TenantTable | KeyedTable>> {
  const all = [tables.all, ...bffs.stores.map((it) => it.tables)];
  return Object.assign({ table: stores.table }, ...all) as ReturnType<typeof tablesOf>;
}

function alarms({ alertTopicArn: topicArn, provider }: TenantContext, upstream: BackupsUpstream): pulumi.Resource[] {
  const { key, stores, bffs } = upstream;
  const { standby } = key.dataKey;
  if (standby === undefined) return [];
  const tables = Object.entries(tablesOf(upstream)).map(([name, it]) => [name, it.tableName] as const);
  const buckets = [{ bucket: stores.bucket }, ...bffs.stores.map((it) => it.buckets)].flatMap((all) =>
    Object.entries(all).flatMap(([name, it]) => (it.copyName ? [[name, [it.bucketName, it.copyName]] as const] : [])),
  );
  const of = { tables: Object.fromEntries(tables), buckets: Object.fromEntries(buckets) };
  return copyAlarms("copies", { topicArn, standby: standby.region, ...of }, { provider });
}
