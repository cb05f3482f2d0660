import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
  type FailureReason,
  type IPolicy,
} from "cockatiel";
import type { BackendRequest, Reply } from "../api.ts";
import { ApiProblem } from "../api-problem.ts";
import type { BackendSettings } from "./backend-settings.ts";

/** How often in a row a backend fails before nothing is sent to it for a while. */
export const FAILURES_TO_OPEN = 5;

/** How often a request that may be repeated is repeated. */
export const MOST_RETRIES = 2;

const LONGEST_RETRY_AFTER_MS = 2_000;
const TRY_AGAIN: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** What lies between a call and its backend. */
export interface Resilience {
  /** Runs `attempt` when there is room, for as long as it may take, and again where that helps. */
  run(asked: BackendRequest, signal: AbortSignal, attempt: (signal: AbortSignal) => Promise<Reply>): Promise<Reply>;
}

/** What an attempt came to: whether the backend is ill is for the request to say. */
interface Outcome {
  readonly reply: Reply;
  readonly isOutage: boolean;
}

/** Makes the policies of one backend; the circuit and the room are shared by all that call it. */
export function resilienceOf({ concurrency, timeoutMs, recoveryMs }: BackendSettings): Resilience {
  const room = bulkhead(concurrency, concurrency);
  const breaker = circuitBreaker(
    handleWhen(isIllness).orWhenResult((it) => (it as Outcome).isOutage),
    { breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN), halfOpenAfter: recoveryMs },
  );
  const once: IPolicy = wrap(room, breaker, timeout(timeoutMs, TimeoutStrategy.Cooperative));
  const repeated: IPolicy = wrap(
    retry(
      handleWhen((error) => isIllness(error) && !isTimeout(error)).orWhenResult((it) =>
        mayBeTriedAgain((it as Outcome).reply),
      ),
      { maxAttempts: MOST_RETRIES, backoff: new DelegateBackoff(({ result, attempt }) => pauseMs(result, attempt)) },
    ),
    once,
  );
  return {
    async run(asked, signal, attempt) {
      const outcome = await (asked.isIdempotent ? repeated : once).execute(async (context) => {
        const reply = await inTime(context.signal, signal, attempt);
        return { reply, isOutage: asked.isOutage?.(reply) ?? reply.status >= 500 };
      }, signal);
      return outcome.reply;
    },
  };
}

class CallerLeft extends Error {}

/** Tells an attempt that took too long from a caller who left. */
async function inTime(
  attemptSignal: AbortSignal,
  callerSignal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<Reply>,
): Promise<Reply> {
  try {
    attemptSignal.throwIfAborted();
    return await attempt(attemptSignal);
  } catch (error) {
    if (callerSignal.aborted) throw new CallerLeft();
    if (!attemptSignal.aborted) throw error;
    throw new ApiProblem("ERR_BACKEND_TIMEOUT", "the backend took too long", { cause: error });
  }
}

/** A refusal of ours says nothing about the backend, nor does an open circuit, a lack of room or a caller who left. */
function isIllness(error: unknown): boolean {
  if (error instanceof ApiProblem) return isTimeout(error);
  if (error instanceof CallerLeft) return false;
  return !(error instanceof Error && ("isBrokenCircuitError" in error || "isBulkheadRejectedError" in error));
}

function isTimeout(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === "ERR_BACKEND_TIMEOUT";
}

function mayBeTriedAgain({ status, retryAfterMs }: Reply): boolean {
  return TRY_AGAIN.has(status) && (retryAfterMs ?? 0) <= LONGEST_RETRY_AFTER_MS;
}

/** As the backend asks, else twice as long each time; with jitter, so that callers do not come back together. */
function pauseMs(result: FailureReason<unknown>, attempt: number): number {
  const asked = "value" in result ? (result.value as Outcome).reply.retryAfterMs : undefined;
  return asked ?? 100 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}
