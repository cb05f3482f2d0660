import { type DirectoryEntry, directoryEntrySchema } from "../../contracts/directory-entry.ts";
import { BoundedCache } from "../libraries/service-kit/bounded-cache.ts";
import { RequestProblem } from "./messages/request-problem.ts";

/** Looks a tenant up; throws if it is unknown, or if that cannot be found out. */
export type TenantDirectory = (tenantId: string) => Promise<DirectoryEntry>;

const FOUND_MS = 60_000;
const FAILED_MS = 2_000;

/** A directory that remembers for a minute, and refuses rather than guesses: `lookUp` answers undefined for an unknown tenant. */
export function tenantDirectory(lookUp: (tenantId: string) => Promise<unknown>, now = Date.now): TenantDirectory {
  const found = new BoundedCache<DirectoryEntry>(1_000, now);
  const failed = new BoundedCache<RequestProblem>(1_000, now);

  return async (tenantId) => {
    const known = found.get(tenantId);
    if (known !== undefined) return known;
    const failure = failed.get(tenantId);
    if (failure !== undefined) throw failure;
    try {
      const tenant = await entryOf(tenantId, lookUp);
      found.set(tenantId, tenant, FOUND_MS);
      return tenant;
    } catch (cause) {
      const reason = "directory of tenants does not answer";
      const problem =
        cause instanceof RequestProblem ? cause : new RequestProblem("ERR_DIRECTORY_UNAVAILABLE", reason, { cause });
      failed.set(tenantId, problem, FAILED_MS);
      throw problem;
    }
  };
}

async function entryOf(tenantId: string, lookUp: (tenantId: string) => Promise<unknown>): Promise<DirectoryEntry> {
  const entry = await lookUp(tenantId);
  if (entry === undefined)
    throw new RequestProblem("ERR_TENANT_UNKNOWN", `tenant "${tenantId}" is not in the directory`);
  const tenant = directoryEntrySchema.parse(entry);
  if (tenant.tenantId === tenantId) return tenant;
  throw new RequestProblem(
    "ERR_TENANT_UNKNOWN",
    `directory answers with tenant "${tenant.tenantId}" for "${tenantId}"`,
  );
}
