import type { BffEnvironment } from "../../library/bff-environment.ts";
import type { Partner } from "./partner.ts";

/** What the routes of partners find in their Hono context. */
export interface PartnerEnvironment extends BffEnvironment {
  Variables: BffEnvironment["Variables"] & { readonly partner: Partner };
}
