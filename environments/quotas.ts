/** What each caller of a tenant may do, as the tenant's entry in the directory says it to the interceptors. */
export const CALLER_QUOTA = {
  perHour: 10_000,
  perDay: 100_000,
  sharedBy: "caller",
  /** By scenario: calls a minute in the long run, and at most so many at once. */
  rates: { internal: { perMinute: 1_000, burst: 100 } },
} as const;
