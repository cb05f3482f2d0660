import type { DirectoryEntry } from "../../../contracts/directory-entry.ts";
import { API_BACKENDS } from "../../../environments/api-backends.ts";
import { CALLER_PERMISSIONS } from "../../../environments/callers/roles.ts";
import { quotasOf } from "../../../environments/quotas.ts";
import { ApiCredentials } from "../../../components/data/api-credentials.ts";
import { DatabaseSetup } from "../../../components/data/database-setup.ts";
import { TenantBucket } from "../../../components/data/tenant-bucket.ts";
import { TenantDatabase } from "../../../components/data/tenant-database.ts";
import { TenantTable } from "../../../components/data/tenant-table.ts";
import type { Feature } from "../../feature.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "./key.ts";

/** Where a tenant's data is. */
export interface TenantStores extends Feature {
  /** The directory and the counters of the gateways. */
  readonly table: TenantTable;
  /** Files, and what a deployment says of itself. */
  readonly bucket: TenantBucket;
  readonly database: TenantDatabase;
  readonly setup: DatabaseSetup;
  /** What the APIs that the tenant calls know it by. */
  readonly credentials: ApiCredentials;
}

/** Declares where a tenant's data is kept, all of it under the tenant's key. */
export function tenantStores(context: TenantContext, { dataKey: key }: TenantKey): TenantStores {
  const { address, place, network, code, opts } = context;
  const { apis: ownApis = {} } = address.tenant;
  const tenant = address.tenant.id;
  const table = new TenantTable("table", { place, key, directory: directoryEntry(context) }, opts);
  const bucket = new TenantBucket("bucket", { place, key }, opts);
  const service = "database";
  // Where agents only prove a concept, a database may be away for some minutes.
  const standby = address.environment.agentHosting === "eks";
  const database = new TenantDatabase("database", { place, network, tenant, key, service, standby }, opts);
  const { archive, digest: codeDigest } = code.databaseSetup;
  const setup = new DatabaseSetup(
    "database-setup",
    { place, network, tenant, key, database, service, code: archive(), codeDigest },
    opts,
  );
  const apis = [
    ...Object.entries(API_BACKENDS).flatMap(([api, { hasCredential }]) => (hasCredential ? [api] : [])),
    ...Object.entries(ownApis).flatMap(([api, { authentication }]) => (authentication === undefined ? [] : [api])),
  ];
  const credentials = new ApiCredentials("api", { place, tenant, key, apis }, opts);
  const resources = [table, bucket, database, setup, credentials];
  return { table, bucket, database, setup, credentials, resources };
}

/** What the directory says of the tenant, as the interceptors read it. */
function directoryEntry({ address }: TenantContext): DirectoryEntry {
  const { id, residency, organization, status = "active", tiers } = address.tenant;
  return {
    tenantId: id,
    status,
    isGdpr: residency === "eu",
    ...(organization !== undefined && { organizationId: organization }),
    ...CALLER_PERMISSIONS,
    ...quotasOf(tiers),
  };
}
