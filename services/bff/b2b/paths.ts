import { COUNTED_PATHS } from "../../../contracts/bff/paths.ts";

/** Where the partners' BFF answers; a second version would stand beside these paths. */
export const PARTNER_PATH = {
  /** Resources, and GraphQL. */
  api: "/v1",
  /** What a partner registers to be told of events, and what was delivered. */
  webhooks: "/v1/webhooks",
  /** Files with many records, and the jobs that read them. */
  batches: COUNTED_PATHS.batches,
  /** Events that partners send, each with a signature of its own in the place of a credential. */
  incoming: "/v1/incoming",
} as const;
