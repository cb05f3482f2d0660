import type { AskAgent } from "../agents/ask-agent.ts";
import type { PartnerBusiness } from "../business/business.ts";
import type { IdempotencyStore } from "../idempotency/idempotency-store.ts";
import type { Sealer } from "./sealed.ts";

/** What stands behind the API of one tenant's partners. */
export interface PartnerApiParts {
  readonly business: PartnerBusiness;
  readonly ask: AskAgent;
  readonly requests: IdempotencyStore;
  /** For what partners bring back: cursors of pages, and conversations. */
  readonly cursors: Sealer;
}
