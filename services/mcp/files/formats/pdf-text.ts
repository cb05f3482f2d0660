import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { Problem } from "../../../libraries/service-kit/problem.ts";

/** Which pages are wanted, and how much of them. */
export interface PdfRange {
  /** From 1. */
  readonly firstPage: number;
  readonly maxPages: number;
  /** Over all pages; a page that does not fit any more is left for the next call, the first one is cut. */
  readonly maxCharacters: number;
}

/** The text of some pages. */
export interface PdfText {
  /** How many pages the document has. */
  readonly pages: number;
  /** One for each page that was read. */
  readonly texts: readonly string[];
  /** Whether the only one is cut. */
  readonly isCut: boolean;
}

/** What the worker answers: text, or why there is none. */
export type PdfAnswer = PdfText | { readonly fault: string };

const TIME_LIMIT_MS = 10_000;
const HEAP_LIMIT_MB = 128;
/** Of the buffers beside the heap, into which streams are unpacked; the engine itself sets them no limit. */
const BUFFER_LIMIT_BYTES = 256 * 1024 * 1024;
const WATCH_MS = 20;
// The worker lies beside this file, as source and when bundled.
const WORKER = new URL(`./pdf-text-worker${extname(import.meta.url)}`, import.meta.url);

/**
 * The text of a PDF, read in a thread of its own that has no environment and is ended when it takes too long or too much memory, or when
 * `signal` aborts: a document cannot be trusted to come to an end.
 */
export async function pdfText(body: Buffer, range: PdfRange, signal: AbortSignal): Promise<PdfText> {
  signal.throwIfAborted();
  const bytes = new Uint8Array(body);
  const worker = new Worker(WORKER, {
    workerData: { bytes, range },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB, stackSizeMb: 4 },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const { promise, reject, resolve } = Promise.withResolvers<PdfAnswer>();
  const timer = setTimeout(() => reject(tooLarge(`it takes more than ${TIME_LIMIT_MS} ms`)), TIME_LIMIT_MS);
  const watch = setInterval(
    () => void bufferedBytes(worker).then((it) => it > BUFFER_LIMIT_BYTES && reject(outOfMemory())),
    WATCH_MS,
  );
  const onAbort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", onAbort);
  worker.once("message", resolve).once("error", (error: Error) => reject(failure(error)));
  try {
    return textIn(await promise);
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener("abort", onAbort);
    await worker.terminate();
  }
}

function textIn(answer: PdfAnswer): PdfText {
  if (!("fault" in answer)) return answer;
  throw new Problem("ERR_PDF_INVALID", answer.fault, "the file is not a PDF that can be read without a password");
}

async function bufferedBytes(worker: Worker): Promise<number> {
  try {
    return (await worker.getHeapStatistics()).external_memory;
  } catch {
    return 0; // It has not begun yet, or it has ended.
  }
}

function failure(error: Error & { readonly code?: string }): Error {
  return error.code === "ERR_WORKER_OUT_OF_MEMORY" ? outOfMemory() : error;
}

const outOfMemory = (): Problem => tooLarge("it takes too much memory");

function tooLarge(reason: string): Problem {
  return new Problem("ERR_PDF_TOO_LARGE", reason, `the PDF is not read: ${reason}`);
}
