import { bulkhead, BulkheadRejectedError } from "cockatiel";
import { Problem } from "../../../libraries/service-kit/problem.ts";

const AT_ONCE = 2;
const WAITING = 16;
const slots = bulkhead(AT_ONCE, WAITING);

/** Runs what takes much memory or a whole core, a few at once; throws `ERR_BUSY` when too many are waiting already. */
export async function heavyWork<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await slots.execute(work, signal);
  } catch (error) {
    if (!(error instanceof BulkheadRejectedError)) throw error;
    throw new Problem("ERR_BUSY", "too many conversions are waiting", "too much is being converted; try again later");
  }
}
