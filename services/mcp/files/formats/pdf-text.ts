import { Problem } from "../../../libraries/service-kit/problem.ts";
import { inWorker, workerBeside } from "./worker-task.ts";

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

const LIMITS = { milliseconds: 10_000, heapMb: 128, bufferBytes: 256 * 1024 * 1024 };
const WORKER = workerBeside(import.meta.url, "pdf-text-worker");

/**
 * The text of a PDF, read in a thread of its own that has no environment and is ended when it takes too long or too much memory, or when
 * `signal` aborts: a document cannot be trusted to come to an end.
 */
export async function pdfText(body: Buffer, range: PdfRange, signal: AbortSignal): Promise<PdfText> {
  const bytes = new Uint8Array(body);
  const task = { data: { bytes, range }, transfer: [bytes.buffer], limits: LIMITS, tooMuch };
  return textIn(await inWorker<PdfAnswer>(WORKER, task, signal));
}

function textIn(answer: PdfAnswer): PdfText {
  if (!("fault" in answer)) return answer;
  throw new Problem("ERR_PDF_INVALID", answer.fault, "the file is not a PDF that can be read without a password");
}

function tooMuch(reason: string): Problem {
  return new Problem("ERR_PDF_TOO_LARGE", reason, `the PDF is not read: ${reason}`);
}
