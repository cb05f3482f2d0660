import * as z from "zod";
import { Problem } from "../../../libraries/service-kit/problem.ts";

const HOUR_MS = 3_600_000;

/** From when to when: the last hour unless told otherwise. */
export const timeRange = z.object({
  from: z.iso.datetime({ offset: true }).optional().describe("RFC 3339; an hour before `to` if absent"),
  to: z.iso.datetime({ offset: true }).optional().describe("RFC 3339; now if absent"),
});

/** The range as dates; throws `ERR_TIME_RANGE` if it is empty or longer than `hours`. */
export function datesOf(
  { from, to }: z.output<typeof timeRange>,
  hours: number,
): { readonly from: Date; readonly to: Date } {
  const end = to === undefined ? new Date() : new Date(to);
  const start = from === undefined ? new Date(end.getTime() - HOUR_MS) : new Date(from);
  const length = end.getTime() - start.getTime();
  if (length > 0 && length <= hours * HOUR_MS) return { from: start, to: end };
  const reason = `the time range must begin before it ends, and be ${hours} hours at most`;
  throw new Problem("ERR_TIME_RANGE", reason, reason, { field: "from" });
}
