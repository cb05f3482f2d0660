import { setTimeout as sleep } from "node:timers/promises";
import { RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimiterAbstract } from "rate-limiter-flexible";
import type { Tier } from "../../contracts/directory-entry.ts";
import type { Scenario } from "../../contracts/scenarios.ts";
import { RequestProblem } from "./messages/request-problem.ts";

/** Makes a counter on the store that all instances share: `RateLimiterValkey`, `RateLimiterDynamo`, in a test `RateLimiterMemory`. */
export type CounterFactory = (options: {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}) => RateLimiterAbstract;

/** Counts a call, or throws `RequestProblem`; a call that is tried again counts once and is decided as before. */
export type Quota = (holder: string, requestId: string, tier: Tier) => Promise<void>;

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
type Rate = NonNullable<Tier["rate"]>;

const LEDGER_SECONDS = 300;

/** Each try of a request adds one to the request's own counter; its first try adds the decision. */
const ALLOWED = 1_000_000;
const REFUSED = 1_000_000_000;
const POLLS = 10;
const POLL_MS = 20;

/**
 * Quotas of a scenario per hour and per day, and its rate: the burst in the time in which the rate allows as many calls, so that one
 * window bounds both.
 */
export function quota(counter: CounterFactory, scenario: Scenario): Quota {
  const ledger = counter({ keyPrefix: "request", points: 1, duration: LEDGER_SECONDS });
  const windows = new Map<string, readonly RateLimiterAbstract[]>();

  const windowsOf = ({ perHour, perDay, rate }: Tier): readonly RateLimiterAbstract[] => {
    const name = `${perHour}/${perDay}/${rate?.perMinute}/${rate?.burst}`;
    const made = windows.get(name) ?? [
      counter({ keyPrefix: `hour:${scenario}`, points: perHour, duration: HOUR }),
      counter({ keyPrefix: `day:${scenario}`, points: perDay, duration: DAY }),
      ...(rate === undefined ? [] : [counter({ keyPrefix: `rate:${scenario}`, ...windowOf(rate) })]),
    ];
    windows.set(name, made);
    return made;
  };

  return async (holder, requestId, tier) => {
    try {
      const { consumedPoints } = await ledger.penalty(requestId, 1);
      if (consumedPoints > 1) {
        await asBefore(ledger, requestId);
        return;
      }
      const waitMs = await consume(windowsOf(tier), holder);
      await ledger.penalty(requestId, waitMs === undefined ? ALLOWED : REFUSED);
      if (waitMs !== undefined) throw exceeded(Math.max(1, Math.ceil(waitMs / 1_000)));
    } catch (cause) {
      if (cause instanceof RequestProblem) throw cause;
      throw new RequestProblem("ERR_QUOTA_UNAVAILABLE", "store of quotas does not answer", { cause });
    }
  };
}

/** Whole seconds, as the store keeps them: never fewer than the rate wants. */
function windowOf({ perMinute, burst }: Rate): { readonly points: number; readonly duration: number } {
  return { points: burst, duration: Math.ceil((burst * MINUTE) / perMinute) };
}

/** Counts in every window at once, since each is a journey to the store; answers with the time to wait if one is full. */
async function consume(windows: readonly RateLimiterAbstract[], holder: string): Promise<number | undefined> {
  const waits = await Promise.all(windows.map((it) => waitFor(it, holder)));
  const full = waits.filter((it) => it !== undefined);
  return full.length === 0 ? undefined : Math.max(...full);
}

async function waitFor(window: RateLimiterAbstract, holder: string): Promise<number | undefined> {
  try {
    await window.consume(holder, 1);
    return undefined;
  } catch (full) {
    if (full instanceof RateLimiterRes) return full.msBeforeNext;
    throw full;
  }
}

/** Decides as the first try of the request did, which another instance may still be about to. */
async function asBefore(ledger: RateLimiterAbstract, requestId: string): Promise<void> {
  for (let i = 0; i < POLLS; i++) {
    const { consumedPoints = 0 } = (await ledger.get(requestId)) ?? {};
    if (consumedPoints >= REFUSED) throw exceeded(1);
    if (consumedPoints >= ALLOWED) return;
    await sleep(POLL_MS);
  }
  throw new RequestProblem("ERR_QUOTA_UNAVAILABLE", "first try of the request was never decided");
}

function exceeded(retryAfter: number): RequestProblem {
  return new RequestProblem("ERR_QUOTA_EXCEEDED", "quota is used up", { retryAfter });
}
