import { RateLimiterMemory } from "rate-limiter-flexible";
import { afterEach, describe, expect, test } from "vitest";
import { callerNetwork } from "../../../../services/bff/library/caller-address.ts";
import { type CounterFactory, limitRequests, rateLimit } from "../../../../services/bff/library/rate-limit.ts";
import { served, type ServedRoutes } from "./served.ts";

const POLICIES = [
  { name: "per-hour", requests: 2, windowSeconds: 3_600 },
  { name: "per-day", requests: 10, windowSeconds: 86_400 },
];

let bff: ServedRoutes | undefined;

afterEach(() => bff?.stop());

async function limited(counter: CounterFactory, proxies = 0): Promise<ServedRoutes> {
  const limit = rateLimit(POLICIES, counter);
  bff = await served((app) => {
    app.use(limitRequests((context) => ({ holder: callerNetwork(context, proxies), limit })));
    app.get("/", (context) => context.text("fine"));
  });
  return bff;
}

const inMemory: CounterFactory = (it) => new RateLimiterMemory(it);

describe("quotas", () => {
  test("each answer tells the quotas as structured fields of draft-11", async () => {
    const { origin } = await limited(inMemory);
    const { headers } = await fetch(origin);
    expect(headers.get("ratelimit-policy")).toBe('"per-hour";q=2;w=3600, "per-day";q=10;w=86400');
    expect(headers.get("ratelimit")).toMatch(/^"per-hour";r=1;t=\d+, "per-day";r=9;t=\d+$/);
    expect(headers.get("ratelimit-limit")).toBeNull();
  });

  test("what is beyond a quota is refused with the quota's name and the time to wait", async () => {
    const { origin } = await limited(inMemory);
    await fetch(origin);
    await fetch(origin);
    const response = await fetch(origin);
    expect(response.status).toBe(429);
    expect(response.headers.get("ratelimit")).toMatch(/^"per-hour";r=0;t=\d+/);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(3_000);
    expect(await response.json()).toMatchObject({
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      "violated-policies": ["per-hour"],
    });
  });

  test("callers do not choose whom they are counted as", async () => {
    const { origin } = await limited(inMemory);
    const as = (address: string) => fetch(origin, { headers: { "x-forwarded-for": address } });
    await as("203.0.113.1");
    await as("203.0.113.2");
    expect((await as("203.0.113.3")).status).toBe(429);
  });

  test("behind one proxy the last address is who calls; those before are the caller's own words", async () => {
    const { origin } = await limited(inMemory, 1);
    const as = (address: string) => fetch(origin, { headers: { "x-forwarded-for": address } });
    await as("198.51.100.1, 203.0.113.1");
    await as("198.51.100.2, 203.0.113.1");
    expect((await as("198.51.100.3, 203.0.113.1")).status).toBe(429);
    expect((await as("198.51.100.3, 203.0.113.2")).status).toBe(200);
  });

  test("addresses of one /64 are one caller", async () => {
    const { origin } = await limited(inMemory, 1);
    const as = (address: string) => fetch(origin, { headers: { "x-forwarded-for": address } });
    await as("2001:db8:1:2::1");
    await as("2001:db8:1:2:ffff::9");
    expect((await as("2001:db8:1:2::3")).status).toBe(429);
    expect((await as("2001:db8:1:3::3")).status).toBe(200);
  });

  test("a store that does not answer refuses, and does not let through", async () => {
    const broken: CounterFactory = (it) => {
      const limiter = new RateLimiterMemory(it);
      limiter.consume = () => Promise.reject(new Error("store is down"));
      return limiter;
    };
    const { origin } = await limited(broken);
    const response = await fetch(origin);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
  });
});
