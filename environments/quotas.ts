/** What each caller of a tenant may do, as the tenant's entry in the directory says it to the interceptors. */
export const CALLER_QUOTA = { perHour: 10_000, perDay: 100_000, sharedBy: "caller" } as const;
