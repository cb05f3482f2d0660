import { once } from "node:events";
import { note } from "./text/terminal.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The run was stopped before the engine had begun. */
export class InterruptedError extends Error {
  readonly code = "ERR_INTERRUPTED";

  constructor(options: ErrorOptions) {
    super("interrupted; the same command starts again", options);
    this.name = "InterruptedError";
  }
}

/**
 * Aborts at the first request to end. Further ones change nothing: for one Ctrl-C the terminal, npm and our own bootstrap may each send a
 * signal, and none of them may cut short what the first one began.
 */
export function endRequested(): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) process.on(name, () => controller.abort());
  return controller.signal;
}

/** The result of `work`, unless `signal` aborts before: then throws `InterruptedError`, and `work` is left to itself. */
export async function unlessInterrupted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return Promise.race([work, aborted(signal)]);
}

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, "abort");
  throw new InterruptedError({ cause: signal.reason });
}

/** Runs `work` with a signal that Ctrl-C and a request to end abort, so that what has begun can end well. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    if (!controller.signal.aborted) note("\nStopping: what the engine has begun is finished first …");
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, abort);
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? new InterruptedError({ cause: error }) : error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, abort);
  }
}
