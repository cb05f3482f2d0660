import type { Context, Env, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";
import { ApiProblem } from "./api-problem.ts";

/** Makes a counter on the store that all instances share; in memory only where there is one instance. */
export type CounterFactory = (options: {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}) => RateLimiterAbstract;

/** A quota: so many requests within a window of seconds. The name is shown to clients. */
export interface QuotaPolicy {
  readonly name: string;
  readonly requests: number;
  readonly windowSeconds: number;
}

/** What one request leaves of a quota. */
interface Counted {
  readonly policy: QuotaPolicy;
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly isExceeded: boolean;
}

/** Counts a request of a holder against some quotas, each by its own counter. */
export type RateLimit = (holder: string) => Promise<readonly Counted[]>;

/** Makes the counters of some quotas. */
export function rateLimit(policies: readonly QuotaPolicy[], counter: CounterFactory): RateLimit {
  const limiters = policies.map((policy) => ({
    policy,
    limiter: counter({ keyPrefix: policy.name, points: policy.requests, duration: policy.windowSeconds }),
  }));
  return (holder) => Promise.all(limiters.map(({ policy, limiter }) => counted(policy, limiter, holder)));
}

async function counted(policy: QuotaPolicy, limiter: RateLimiterAbstract, holder: string): Promise<Counted> {
  try {
    return leftOf(policy, await limiter.consume(holder, 1), false);
  } catch (full) {
    if (full instanceof RateLimiterRes) return leftOf(policy, full, true);
    throw new ApiProblem("unavailable", "requests cannot be counted at the moment", {
      retryAfterSeconds: 5,
      cause: full,
    });
  }
}

function leftOf(policy: QuotaPolicy, { remainingPoints, msBeforeNext }: RateLimiterRes, isExceeded: boolean): Counted {
  const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return { policy, remaining: Math.max(0, remainingPoints), resetSeconds, isExceeded };
}

/** The header fields that tell a client its quotas (draft-ietf-httpapi-ratelimit-headers-11). */
export function rateLimitHeaders(counts: readonly Counted[]): Readonly<Record<string, string>> {
  const policies = counts.map(({ policy: it }) => `"${it.name}";q=${it.requests};w=${it.windowSeconds}`);
  const left = counts.map((it) => `"${it.policy.name}";r=${it.remaining};t=${it.resetSeconds}`);
  return { "ratelimit-policy": policies.join(", "), ratelimit: left.join(", ") };
}

/** Counts each request of a holder, tells its quotas in the answer, and refuses it with 429 (`ApiProblem`) when one is used up. */
export function limitRequests<Environment extends Env>(
  of: (context: Context<Environment>) => { readonly holder: string; readonly limit: RateLimit },
): MiddlewareHandler<Environment> {
  return createMiddleware<Environment>(async (context, next) => {
    const { holder, limit } = of(context);
    const counts = await limit(holder);
    const headers = rateLimitHeaders(counts);
    const exceeded = counts.filter((it) => it.isExceeded);
    if (exceeded.length > 0) throw limitReached(exceeded, headers);
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
  });
}

function limitReached(exceeded: readonly Counted[], headers: Readonly<Record<string, string>>): ApiProblem {
  const wait = Math.max(...exceeded.map((it) => it.resetSeconds));
  return new ApiProblem("limit-reached", `try again in ${wait} seconds`, {
    retryAfterSeconds: wait,
    headers,
    extensions: { "violated-policies": exceeded.map((it) => it.policy.name) },
  });
}
