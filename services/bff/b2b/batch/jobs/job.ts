import type { EventDraft } from "../../../../libraries/events/tenant-event.ts";
import type { FileKind } from "../formats/rows-of.ts";
import type { RowFault } from "../row.ts";

/** What a job is doing: its file arrives, it waits, rows are worked on, or it is over. */
export type JobState = "uploading" | "queued" | "running" | "cancelling" | "cancelled" | "done" | "failed";

/** How far a job is. */
export interface Progress {
  /** Rows that were read, for good or ill. */
  readonly rows: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** A job as its partner sees it. */
export interface Job {
  readonly id: string;
  readonly schema: string;
  readonly kind: FileKind;
  readonly state: JobState;
  readonly bytes: number;
  readonly progress: Progress;
  /** Why it failed: a code, and what it means. */
  readonly fault: { readonly code: string; readonly message: string } | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** A job that somebody works on, until the lease runs out. */
export interface LeasedJob extends Job {
  readonly partnerId: string;
  readonly lease: string;
  /** How often work on it was begun without getting further. */
  readonly attempts: number;
}

/** A row that failed, and why. */
export interface FailedRow extends RowFault {
  readonly row: number;
}

/** What some rows came to, which is kept all at once. */
export interface Outcome {
  readonly progress: Progress;
  readonly failed: readonly FailedRow[];
  /** Results of rows, as JSON objects with `row` and `result`. */
  readonly results: readonly { readonly row: number; readonly result: unknown }[];
}

/** Most failed rows that are kept with their reasons; more are only counted. */
export const MOST_FAILED_KEPT = 10_000;

/** Most jobs of one partner that are not over. */
export const MOST_JOBS = 5;

/** Tells the partner that a job is over. */
export function finishedEvent({ id, state, progress, partnerId }: Job & Pick<LeasedJob, "partnerId">): EventDraft {
  const data = { job: id, state, ...progress };
  return { source: "urn:alicerce:bff:b2b", type: "batch.finished", subject: `partner/${partnerId}/batch/${id}`, data };
}

/** What is kept of the jobs of one tenant: their files, how far they are, and what came out. */
export interface JobStore {
  /** How much of a file is kept together. */
  readonly pieceBytes: number;
  /** Begins a job whose file is to arrive; `undefined` if the partner has as many as it may. */
  begin(partnerId: string, job: { readonly schema: string; readonly kind: FileKind }): Promise<string | undefined>;
  append(id: string, number: number, bytes: Uint8Array): Promise<void>;
  /** The file is whole: the job may be worked on. */
  complete(id: string, bytes: number): Promise<void>;
  /** The file did not arrive: nothing is left of it. */
  discard(id: string): Promise<void>;
  list(partnerId: string): Promise<readonly Job[]>;
  find(partnerId: string, id: string): Promise<Job | undefined>;
  /** `false` if there is nothing to be cancelled. */
  cancel(partnerId: string, id: string): Promise<boolean>;
  /** Faults of rows after one, some `limit` of them and all of the last row. */
  failedRows(id: string, after: number, limit: number): Promise<readonly FailedRow[]>;
  /** Results as lines of JSON, in the order of the rows. */
  results(id: string): AsyncIterable<string>;
  /** A job to work on, which nobody else gets for `leaseMs`. */
  take(leaseMs: number): Promise<LeasedJob | undefined>;
  /** Keeps the lease; answers whether the job is still to be worked on by its holder. */
  renew(job: LeasedJob, leaseMs: number): Promise<boolean>;
  file(id: string): AsyncIterable<Uint8Array>;
  /** Keeps what rows came to, once; `false`, and nothing is kept, if the job is no longer the holder's or was cancelled. */
  keep(job: LeasedJob, outcome: Outcome): Promise<boolean>;
  /** Lets somebody else work on it, after a pause. */
  release(job: LeasedJob, pauseMs: number): Promise<void>;
  /** Ends a job, unless it is no longer the holder's; its file is removed. */
  end(job: LeasedJob, state: "done" | "failed", fault?: Job["fault"]): Promise<void>;
  /** Removes jobs that ended long ago, and files that stopped arriving. */
  forget(): Promise<void>;
}
