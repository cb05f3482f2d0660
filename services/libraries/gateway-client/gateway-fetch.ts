import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleType,
  type IPolicy,
  retry,
  wrap,
} from "cockatiel";
import type { FetchLike } from "@modelcontextprotocol/client";

/** How a gateway that is slow or down is spared, and with it its callers. */
export interface GatewayLimits {
  /** Calls at the same time; more wait, as many again, then are refused. */
  readonly concurrency: number;
  /** Failures in a row after which the gateway is left alone. */
  readonly breakAfter: number;
  /** For how long, in milliseconds. */
  readonly breakMs: number;
  /** Further attempts of a call that the gateway did not take, or that only reads. */
  readonly retries: number;
  /** Until an answer begins, in milliseconds; then the gateway has failed. What follows of an answer may take its time. */
  readonly answerMs: number;
}

/**
 * The circuit breaker of the specification ("Circuit Breaker"): five failures, a minute. Servers end a call after 30 s (its `timeout`), and
 * say so: whoever is silent for longer than that and a little has failed.
 */
export const GATEWAY_LIMITS: GatewayLimits = {
  concurrency: 50,
  breakAfter: 5,
  breakMs: 60_000,
  retries: 2,
  answerMs: 35_000,
};

/** An answer that is worth another attempt, or that counts against the gateway. */
class FailedAnswer extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super(`status ${response.status}`);
    this.response = response;
  }
}

/** A request that got no answer at all. */
class NoAnswer extends Error {
  readonly mayHaveArrived: boolean;

  constructor(cause: unknown) {
    super("no answer", { cause });
    this.mayHaveArrived = !["ECONNREFUSED", "ENOTFOUND", "UND_ERR_CONNECT_TIMEOUT"].includes(codeOf(cause) ?? "");
  }
}

const NOT_TAKEN = new Set([429, 503]);
const FAILED = new Set([500, 502, 504]);

/** A `fetch` for one gateway, with retries, a circuit breaker and a bound on what is in flight. */
export function gatewayFetch(limits: GatewayLimits, through: FetchLike = fetch): FetchLike {
  const backoff = new ExponentialBackoff({ initialDelay: 100, maxDelay: 2_000 });
  const failures = handleType(FailedAnswer).orType(NoAnswer);
  const spared = wrap(
    bulkhead(limits.concurrency, limits.concurrency),
    circuitBreaker(failures, { halfOpenAfter: limits.breakMs, breaker: new ConsecutiveBreaker(limits.breakAfter) }),
  );
  const unlessDone = (isReading: boolean): IPolicy =>
    retry(
      handleType(FailedAnswer, (it) => isReading || NOT_TAKEN.has(it.response.status)).orType(
        NoAnswer,
        (it) => isReading || !it.mayHaveArrived,
      ),
      { maxAttempts: limits.retries, backoff },
    );
  const inTime = answeredWithin(limits.answerMs, through);
  const reading = unlessDone(true);
  const writing = unlessDone(false);

  return async (url, init) => {
    const policy = isReading(init) ? reading : writing;
    try {
      return await policy.execute(({ signal }) => spared.execute(() => answerOf(inTime, url, init), signal));
    } catch (failure) {
      if (failure instanceof FailedAnswer) return failure.response;
      throw failure instanceof NoAnswer ? failure.cause : failure;
    }
  };
}

async function answerOf(through: FetchLike, url: string | URL, init: RequestInit | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await through(url, init);
  } catch (cause) {
    // Who gave up does not count against the gateway.
    if (init?.signal?.aborted === true) throw cause;
    throw new NoAnswer(cause);
  }
  if (NOT_TAKEN.has(response.status) || FAILED.has(response.status)) throw new FailedAnswer(response);
  return response;
}

/** A `fetch` that gives up where no answer begins in time. */
function answeredWithin(milliseconds: number, through: FetchLike): FetchLike {
  return async (url, init) => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
    const given = init?.signal;
    const signal = given === undefined || given === null ? late.signal : AbortSignal.any([given, late.signal]);
    try {
      return await through(url, { ...init, signal });
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Only revisions that say the method in a header tell a read from a call. */
function isReading(init: RequestInit | undefined): boolean {
  const method = new Headers(init?.headers).get("mcp-method");
  return method !== null && (method.endsWith("/list") || method === "resources/read" || method === "server/discover");
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : codeOf(error.cause);
}
