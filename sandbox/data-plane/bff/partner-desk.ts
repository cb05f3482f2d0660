import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import * as z from "zod";
import type { DigestKey } from "../../../services/bff/b2b/partners/api-key.ts";
import type { PartnerStore } from "../../../services/bff/b2b/partners/partner-store.ts";
import { partnerConnections } from "../../../services/bff/b2b/partners/store/partner-database.ts";
import { PostgresPartnerStore } from "../../../services/bff/b2b/partners/store/postgres-partner-store.ts";
import { digestKey } from "../../../services/bff/b2b/start-partner-bff.ts";
import { NoPlatformError, platformIn } from "../platform-lock.ts";

const desks = z.object({ databaseHost: z.string(), tenants: z.record(z.string(), z.string()) });

/** Where the partners of a running platform are kept, and the URL of each tenant's BFF. */
export type PartnerDesks = z.output<typeof desks>;

/** The partners of one tenant of a running platform, for whoever administers them. */
export interface PartnerDesk {
  readonly url: string;
  readonly store: PartnerStore;
  readonly by: DigestKey;
  close(): Promise<void>;
}

/** The file that says where the partners of a running platform are. */
export function desksFile(folder: string): string {
  return path.join(folder, "partners.json");
}

/** Writes down where the partners of a platform are, for its owner alone. */
export async function writeDesks(folder: string, written: PartnerDesks): Promise<void> {
  await writeFileAtomic(desksFile(folder), `${JSON.stringify(written)}\n`, { mode: 0o600 });
}

/** Opens the partners of a tenant of the platform that runs in `folder`; throws `NoPlatformError` if none does, and `TypeError` for another tenant. */
export async function openDesk(folder: string, tenantId: string): Promise<PartnerDesk> {
  const text = await readFile(desksFile(folder), "utf8").catch(() => undefined);
  if (text === undefined || (await platformIn(folder)) === undefined)
    throw new NoPlatformError(`no platform runs in ${folder}: start one with npx alicerce local, and leave it running`);
  const { databaseHost, tenants } = desks.parse(JSON.parse(text));
  const url = tenants[tenantId];
  if (url === undefined)
    throw new TypeError(`${tenantId} has no BFF for partners; there are: ${Object.keys(tenants).join(", ")}`);
  const pool = partnerConnections({ host: databaseHost, port: 5432, database: "postgres" }, tenantId, () => undefined);
  const by = digestKey(tenantId, await bffSecret(folder, tenantId));
  return { url, store: new PostgresPartnerStore(tenantId, pool), by, close: () => pool.end() };
}

/** The secret of a tenant's BFF, made when it is first asked for: what it protects is kept from run to run, too. */
export async function bffSecret(folder: string, tenantId: string): Promise<Buffer> {
  const file = path.join(folder, "bff-secrets", `${tenantId}.partners`);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, randomBytes(32), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFile(file);
}
