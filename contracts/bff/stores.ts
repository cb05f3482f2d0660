import type { BffScenario } from "./hosts.ts";

/** The attributes by which items of every table of a BFF are found: texts. A table without `hasParts` has no second one. */
export const STORE_KEY = { hash: "key", range: "part" } as const;

/** The attribute after which DynamoDB removes an item: seconds since 1970. */
export const STORE_EXPIRY = "expire";

/** A table of a BFF, and the scenarios that have it. */
export interface BffStore {
  readonly name: string;
  readonly variable: "SESSIONS_TABLE" | "IDEMPOTENCY_TABLE" | "API_KEYS_TABLE" | "JOBS_TABLE" | "WEBHOOKS_TABLE";
  readonly scenarios: readonly BffScenario[];
  /** Whether a key has several items, such as the rows of a job. */
  readonly hasParts: boolean;
}

/** What a BFF keeps: nothing of the business, and each kind of item in a table of its own. */
export const BFF_STORES: readonly BffStore[] = [
  { name: "sessions", variable: "SESSIONS_TABLE", scenarios: ["b2c"], hasParts: false },
  { name: "idempotency", variable: "IDEMPOTENCY_TABLE", scenarios: ["b2c", "b2b"], hasParts: false },
  { name: "api-keys", variable: "API_KEYS_TABLE", scenarios: ["b2b"], hasParts: false },
  { name: "jobs", variable: "JOBS_TABLE", scenarios: ["b2b"], hasParts: true },
  { name: "webhooks", variable: "WEBHOOKS_TABLE", scenarios: ["b2b"], hasParts: true },
];

/** The prefix of the bucket's objects that a BFF reads and writes. */
export const UPLOADS = "uploads/";
