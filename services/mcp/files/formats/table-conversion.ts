import { Problem } from "../../../libraries/service-kit/problem.ts";
import { tableTooLarge } from "./table.ts";
import type { TableFormat } from "./table-format.ts";
import { inWorker, workerBeside } from "./worker-task.ts";

/** What is asked of the thread. */
export interface TableTask {
  readonly source: TableFormat;
  readonly result: TableFormat;
  readonly text: string;
}

/** A table in another format. */
export interface ConvertedTable {
  /** UTF-8. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

/** What the thread answers: the table, or the parts of the problem that it is. */
export type TableAnswer =
  ConvertedTable | { readonly problem: readonly [code: string, reason: string, message: string] };

const LIMITS = { milliseconds: 10_000, heapMb: 192, bufferBytes: 128 * 1024 * 1024 };
const WORKER = workerBeside(import.meta.url, "convert-table-worker");

/**
 * Converts a table in a thread of its own, so that no table keeps other callers waiting. Throws `ERR_TABLE_INVALID` for what is no table, and
 * `ERR_TABLE_TOO_LARGE` for one that takes more time or memory, or has or would have more rows, cells or bytes, than is allowed.
 */
export async function convertTable(task: TableTask, signal: AbortSignal): Promise<ConvertedTable> {
  const answer = await inWorker<TableAnswer>(WORKER, { data: task, limits: LIMITS, tooMuch: tableTooLarge }, signal);
  if ("problem" in answer) throw new Problem(...answer.problem);
  return answer;
}
