import type * as pulumi from "@pulumi/pulumi";
import { KeyedTable } from "../../../components/data/keyed-table.ts";
import { TenantBucket } from "../../../components/data/tenant-bucket.ts";
import { BFF_STORES, type BffStore, UPLOADS } from "../../../contracts/bff/stores.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import { bffService } from "./bffs.ts";
import { callsOf, MOST_CALLS } from "./calls.ts";
import type { RegisteredBff } from "./identities.ts";

/** What one BFF keeps, under the tenant's key, and no other BFF reads. */
export interface BffStores {
  /** Names of tables, by the variable that names them to the process. */
  readonly tables: Partial<Readonly<Record<BffStore["variable"], pulumi.Output<string>>>>;
  /** The bucket of partners' files; absent for consumers. */
  readonly bucketName: pulumi.Output<string> | undefined;
  readonly tableArns: readonly pulumi.Output<string>[];
  /** Without these the BFF cannot use them. */
  readonly granted: readonly pulumi.Resource[];
}

/** Declares the tables of a BFF and, for partners, its bucket, and lets the BFF's role use them. */
export function bffStores(bff: RegisteredBff, context: TenantContext, { dataKey: key }: TenantKey): BffStores {
  const { place, opts } = context;
  const service = bffService(bff);
  const { role } = bff.identity;
  const calls = callsOf(service, MOST_CALLS.table);
  const stores = BFF_STORES.filter((it) => it.scenarios.includes(bff.scenario)).map((it) => {
    const name = `${service}-${it.name}`;
    const table = new KeyedTable(name, { place, key, hasParts: it.hasParts }, opts);
    const granted = calls.length === 0 ? [] : [table.grantCalls(name, role, calls)];
    return { variable: it.variable, table, granted };
  });
  const tables = Object.fromEntries(stores.map(({ variable, table }) => [variable, table.tableName]));
  const files = bff.scenario === "b2b" ? uploads(bff, context, key) : undefined;
  const secrets = callsOf(service, ["kms:GenerateDataKey"]).length === 0 ? [] : [secretsOf(bff, context, key)];
  const granted = [...stores.flatMap((it) => it.granted), ...(files?.granted ?? []), ...secrets];
  return { tables, tableArns: stores.map((it) => it.table.arn), bucketName: files?.bucket.bucketName, granted };
}

/** What the pods of a BFF share without anybody having to tell them. */
function secretsOf(bff: RegisteredBff, { address }: TenantContext, key: TenantKey["dataKey"]): pulumi.Resource {
  return key.grantSecrets(`${bffService(bff)}-secrets`, bff.identity.role, address.tenant.id);
}

function uploads(
  bff: RegisteredBff,
  { place, opts }: TenantContext,
  key: TenantKey["dataKey"],
): { readonly bucket: TenantBucket; readonly granted: readonly pulumi.Resource[] } {
  const name = `${bffService(bff)}-uploads`;
  const bucket = new TenantBucket(name, { place, key }, opts);
  const calls = callsOf(bffService(bff), MOST_CALLS.bucket);
  const onKey = [
    ...(calls.some((it) => it === "s3:GetObject" || it === "s3:PutObject") ? ["kms:Decrypt"] : []),
    ...(calls.includes("s3:PutObject") ? ["kms:GenerateDataKey"] : []),
  ];
  const granted = calls.length === 0 ? [] : [bucket.grantCalls(name, bff.identity.role, UPLOADS, [...calls, ...onKey])];
  return { bucket, granted };
}
