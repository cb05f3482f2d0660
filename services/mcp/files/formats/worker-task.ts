import { Worker } from "node:worker_threads";
import { Problem } from "../../../libraries/service-kit/problem.ts";

/** What a thread may take before it is ended. */
export interface WorkerLimits {
  readonly milliseconds: number;
  /** Of the JavaScript heap, in megabytes. */
  readonly heapMb: number;
  /** Of the buffers beside the heap, to which the engine itself sets no limit. */
  readonly bufferBytes: number;
}

/** What a thread is given, and what is said when it takes more than it may. */
export interface WorkerTask {
  /** The `workerData` of the thread. */
  readonly data: unknown;
  /** The buffers in it that are handed over rather than copied. */
  readonly transfer?: readonly ArrayBuffer[];
  readonly limits: WorkerLimits;
  /** The error for work that takes too much; `reason` says of what. */
  readonly tooMuch: (reason: string) => Problem;
}

const WATCH_MS = 20;

/**
 * The first message of a thread that runs `file` with nothing of this process's environment. The thread is ended then, and also when it takes more
 * than its limits (throws what `tooMuch` makes) or `signal` aborts (throws its reason); one that dies by itself is `ERR_CONVERSION_FAILED`.
 */
export async function inWorker<Answer>(file: URL, task: WorkerTask, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const { data, transfer = [], limits, tooMuch } = task;
  const worker = new Worker(file, {
    workerData: data,
    transferList: [...transfer],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const { promise, reject, resolve } = Promise.withResolvers<Answer>();
  const outOfMemory = () => reject(tooMuch("it takes too much memory"));
  const isOutOfMemory = (error: NodeJS.ErrnoException) => error.code === "ERR_WORKER_OUT_OF_MEMORY";
  const onTime = () => reject(tooMuch(`it takes more than ${limits.milliseconds} ms`));
  const timer = setTimeout(onTime, limits.milliseconds);
  const onWatch = () => void bufferedBytes(worker).then((it) => it > limits.bufferBytes && outOfMemory());
  const watch = setInterval(onWatch, WATCH_MS);
  const onAbort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", onAbort);
  worker
    .once("message", resolve)
    .once("error", (error: Error) => (isOutOfMemory(error) ? outOfMemory() : reject(failure(error.name))))
    .once("exit", (code) => reject(failure(`exit code ${code}`)));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener("abort", onAbort);
    await worker.terminate();
  }
}

/** The file of a thread, which lies beside the file of `module` with the same extension: as source, and when bundled. */
export function workerBeside(module: string, name: string): URL {
  return new URL(`./${name}${module.slice(module.lastIndexOf("."))}`, module);
}

async function bufferedBytes(worker: Worker): Promise<number> {
  try {
    return (await worker.getHeapStatistics()).external_memory;
  } catch {
    return 0; // It has not begun yet, or it has ended.
  }
}

/** The text of the error itself could quote the file. */
function failure(how: string): Problem {
  const message = "the conversion failed; the file may be damaged, or too complex to be read";
  return new Problem("ERR_CONVERSION_FAILED", `the thread ended with ${how}`, message);
}
