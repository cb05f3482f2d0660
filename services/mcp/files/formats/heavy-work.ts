import { bulkhead, BulkheadRejectedError, type BulkheadPolicy } from "cockatiel";
import { Problem } from "../../../libraries/service-kit/problem.ts";
import type { FilesCall } from "../files-services.ts";

const AT_ONCE = 2;
const WAITING = 16;
/** By tenant: however long the work of one takes, it takes nothing from another. */
const slots = new Map<string, BulkheadPolicy>();

/** Runs what takes much memory or a whole core, a few of each tenant at once; throws `ERR_BUSY` when too many of the tenant are waiting already. */
export async function heavyWork<T>(
  { context: { tenantId }, signal }: Pick<FilesCall, "context" | "signal">,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await slotsOf(tenantId).execute(work, signal);
  } catch (error) {
    if (!(error instanceof BulkheadRejectedError)) throw error;
    throw new Problem("ERR_BUSY", "too many conversions are waiting", "too much is being converted; try again later");
  }
}

function slotsOf(tenantId: string): BulkheadPolicy {
  const found = slots.get(tenantId) ?? bulkhead(AT_ONCE, WAITING);
  slots.set(tenantId, found);
  return found;
}
