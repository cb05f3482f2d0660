import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { KeyedItems } from "../../../../../libraries/keyed-items/keyed-items.ts";
import { type Condition, type Fields, type Place, stamp } from "../../../../../libraries/keyed-items/write.ts";
import type { FileKind } from "../../formats/rows-of.ts";
import type { Job, JobState, LeasedJob } from "../job.ts";

const kept = z.object({
  id: z.string(),
  partnerId: z.string(),
  schema: z.string(),
  /** The kind of its file, as JSON. */
  kind: z.string(),
  state: z.string(),
  bytes: z.number(),
  rows: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  /** Why it failed, as JSON. */
  fault: z.string(),
  /** Empty while nobody works on it. */
  lease: z.string(),
  attempts: z.number(),
  /** When somebody is to look at it: to work on it, or to forget it. */
  dueAt: z.number(),
  /** How many pieces of its file have arrived. */
  pieces: z.number(),
  createdAt: z.number(),
  /** 0 until it is over. */
  endedAt: z.number(),
});

/** A job as it is kept; times are milliseconds since 1970. */
export type KeptJob = z.output<typeof kept> & { readonly state: JobState };

/** What is kept of rows that were worked on together: names of objects, empty where there is none. */
export const rowsFields = z.object({ part: z.string(), results: z.string(), faults: z.string() });

/** The key of the items that say which job is due when. */
export const DUE = "due";

/** The field, and the part of a partner's key, that counts the jobs that are not over. */
export const HELD = "held";

const ROW_DIGITS = 9;

/** Where a job is kept. */
export function jobAt(id: string): Place {
  return { key: `job#${id}`, part: "job" };
}

/** Where it says what rows came to, by the last of them. */
export function rowsAt(id: string, lastRow: number): Place {
  return { key: `job#${id}`, part: `rows#${String(lastRow).padStart(ROW_DIGITS, "0")}` };
}

/** Where it says that a job is a partner's, by when it was made. */
export function listedAt({ partnerId, createdAt, id }: Pick<KeptJob, "partnerId" | "createdAt" | "id">): Place {
  return { key: `jobs#${partnerId}`, part: `${stamp(createdAt)}#${id}` };
}

/** Where the jobs of a partner are counted that are not over. */
export function heldAt(partnerId: string): Place {
  return { key: `jobs#${partnerId}`, part: HELD };
}

/** Where it says that a job is due. */
export function dueAt({ id, dueAt: at }: Pick<KeptJob, "id" | "dueAt">): Place {
  return { key: DUE, part: `${stamp(at)}#${id}` };
}

/** The job in an item; throws `ZodError` for an item of something else. */
export function keptIn(fields: Fields): KeptJob {
  return kept.parse(fields) as KeptJob;
}

/** Changes a job that is as it was read, and says when it is due next. */
export function moved(
  items: KeyedItems,
  job: KeptJob,
  at: number,
  fields: Fields,
  more: Condition = {},
): TransactWriteItem[] {
  // An item is written once in a transaction.
  const next = at === job.dueAt ? at + 1 : at;
  const equals = { state: job.state, lease: job.lease, dueAt: job.dueAt, ...more.equals };
  return [
    items.change(jobAt(job.id), { ...fields, dueAt: next }, { equals }),
    items.remove(dueAt(job)),
    items.put(dueAt({ id: job.id, dueAt: next }), { id: job.id }),
  ];
}

/** The job as its partner sees it. */
export function jobOf({ id, schema, kind, state, bytes, fault, createdAt, endedAt, ...counted }: KeptJob): Job {
  return {
    ...{ id, schema, state, bytes },
    kind: JSON.parse(kind) as FileKind,
    progress: { rows: counted.rows, succeeded: counted.succeeded, failed: counted.failed },
    fault: fault === "" ? null : (JSON.parse(fault) as Job["fault"]),
    createdAt: new Date(createdAt).toISOString(),
    endedAt: endedAt === 0 ? null : new Date(endedAt).toISOString(),
  };
}

/** The job as who works on it sees it. */
export function leasedOf(job: KeptJob): LeasedJob {
  return { ...jobOf(job), partnerId: job.partnerId, lease: job.lease, attempts: job.attempts };
}
