import * as z from "zod";
import { PARTNER_SCOPES, PARTNER_TIERS } from "../../contracts/bff/partner-access.ts";
import { IDENTIFIER } from "../../contracts/identifiers.ts";
import { CALLER_NAME, callerNamed } from "./caller-name.ts";
import { mustBe, oneOf, record, some, text } from "../wording.ts";

const partner = record({
  /** The customer of the tenant on whose account the partner orders. */
  customerId: text(IDENTIFIER.organizationId, "the id of a customer of the tenant"),
  tier: oneOf(PARTNER_TIERS),
  /** What its tokens may allow at the BFF. */
  scopes: some(oneOf(PARTNER_SCOPES)),
});

/** The partners of a tenant whose systems get tokens of the tenant's pool, by name; all others have API keys, which the BFF issues. */
export const partners = z
  .record(z.string(), partner, { error: ({ input }) => mustBe(input, "an object") })
  .readonly()
  .check(({ value, issues }) => {
    for (const name of Object.keys(value)) {
      if (CALLER_NAME.test(name)) continue;
      const message = mustBe(name, callerNamed("metal-works"));
      issues.push({ code: "custom", input: name, path: [name], message });
    }
  });
