import { Problem } from "../service-kit/problem.ts";

/** Runs `work` for at most `milliseconds`; its signal aborts at the deadline, or when `parent` does. */
export function withDeadline<T>(
  milliseconds: number,
  parent: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const stop = (problem: Problem) => {
      controller.abort(problem);
      reject(problem);
    };
    const onAbort = () => stop(new Problem("ERR_CANCELLED", "the caller left", "the call was cancelled"));
    const reason = `no answer within ${milliseconds} ms`;
    const timer = setTimeout(() => stop(new Problem("ERR_DEADLINE", reason, reason)), milliseconds);
    const settled = () => {
      clearTimeout(timer);
      parent.removeEventListener("abort", onAbort);
    };
    if (parent.aborted) onAbort();
    else parent.addEventListener("abort", onAbort, { once: true });
    void invoke(work, controller.signal).then(resolve, reject).finally(settled);
    controller.signal.addEventListener("abort", settled, { once: true });
  });
}

/** Work that throws before it has made a promise is work that failed. */
async function invoke<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  return work(signal);
}
