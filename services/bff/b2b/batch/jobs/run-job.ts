import { rowsOf } from "../formats/rows-of.ts";
import type { CheckedRow, RowChecker } from "../checking/row-checker.ts";
import { FileFault, type Row } from "../row.ts";
import type { FailedRow, JobStore, LeasedJob, Outcome, Progress } from "./job.ts";
import type { Processed, Processor } from "./processor.ts";

/** What is needed to work on jobs of a tenant. */
export interface JobDependencies {
  readonly tenantId: string;
  readonly store: JobStore;
  readonly checker: RowChecker;
  readonly process: Processor;
  /** Rows that are worked on together, and kept together. */
  readonly rowsAtOnce?: number;
}

/** A job that was cancelled, or that somebody else works on by now. */
class NotOurs extends Error {}

const ROWS_AT_ONCE = 500;

/**
 * Works on a job from where it stopped: rows that are done are read over. The next rows are read only once those before are kept,
 * so that no more than these are in memory. Throws what the processor throws.
 */
export async function runJob(dependencies: JobDependencies, job: LeasedJob, signal: AbortSignal): Promise<void> {
  const { store } = dependencies;
  let { progress } = job;
  try {
    for await (const rows of together(store.file(job.id), job, dependencies.rowsAtOnce ?? ROWS_AT_ONCE)) {
      signal.throwIfAborted();
      const outcome = await workOn(dependencies, { job, progress, rows }, signal);
      if (!(await store.keep(job, outcome))) throw new NotOurs();
      ({ progress } = outcome);
    }
    await store.end(job, "done");
  } catch (error) {
    if (error instanceof FileFault) await store.end(job, "failed", { code: error.code, message: error.message });
    // Ends a job that was cancelled; one that is somebody else's it leaves alone.
    else if (error instanceof NotOurs) await store.end(job, "done");
    else throw error;
  }
}

/** The rows that are still to be done, always the same ones together. */
async function* together(
  file: AsyncIterable<Uint8Array>,
  { kind, progress }: LeasedJob,
  count: number,
): AsyncGenerator<readonly Row[]> {
  let waiting: Row[] = [];
  try {
    for await (const rows of rowsOf(file, kind)) {
      for (const row of rows) {
        if (row.number > progress.rows) waiting.push(row);
        if (waiting.length < count) continue;
        yield waiting;
        waiting = [];
      }
    }
  } catch (error) {
    if (error instanceof FileFault && waiting.length > 0) yield waiting;
    throw error;
  }
  if (waiting.length > 0) yield waiting;
}

interface Work {
  readonly job: LeasedJob;
  readonly progress: Progress;
  readonly rows: readonly Row[];
}

async function workOn(dependencies: JobDependencies, work: Work, signal: AbortSignal): Promise<Outcome> {
  const { checker, process, tenantId } = dependencies;
  const { id: jobId, partnerId, schema, kind } = work.job;
  const checked = work.rows.map((it) => checker.check(it, schema, kind.format));
  const rows = checked.filter((it) => "value" in it);
  const idempotencyKey = `${jobId}:${work.rows[0]?.number ?? 0}`;
  const processed =
    rows.length === 0 ? [] : await process({ tenantId, partnerId, jobId, schema, idempotencyKey, rows }, signal);
  return outcomeOf(work, checked, processed);
}

function outcomeOf({ progress, rows }: Work, checked: readonly CheckedRow[], processed: readonly Processed[]): Outcome {
  const byNumber = new Map(processed.map((it) => [it.number, it]));
  const failed: FailedRow[] = [];
  const results: { row: number; result: unknown }[] = [];
  for (const it of checked) {
    const row = it.number;
    const answer = byNumber.get(row);
    if ("faults" in it) failed.push(...it.faults.map((fault) => ({ row, ...fault })));
    else if (answer !== undefined && "result" in answer) results.push({ row, result: answer.result });
    else failed.push({ row, code: "ERR_ROW_PROCESSING", message: answer?.problem ?? "was not worked on" });
  }
  return {
    failed,
    results,
    progress: {
      rows: rows.at(-1)?.number ?? progress.rows,
      succeeded: progress.succeeded + results.length,
      failed: progress.failed + checked.length - results.length,
    },
  };
}
