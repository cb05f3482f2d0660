import type { JWTPayload } from "jose";
import * as z from "zod";
import { IDENTIFIER } from "../../../../contracts/identifiers.ts";
import { TokenError } from "../problem.ts";

/** What a token says of a person beside who she is. */
export interface PersonClaims {
  /** Names that may be roles; whether one of them permits anything is the reader's to know. */
  readonly roles: readonly string[];
  readonly department?: string;
}

/** Other members are the issuer's own; names of another form, such as Keycloak's `offline_access`, are no roles of ours. */
const userContext = z.object({
  roles: z.array(z.string().max(64)).min(1).max(32),
  department: z.string().regex(IDENTIFIER.role).optional(),
});

/** Reads the claim `user_context` (specification, section 5.1); throws `TokenError` for one that is missing or of another form. */
export function personClaims({ user_context: claim }: JWTPayload): PersonClaims {
  const { data } = userContext.safeParse(claim);
  if (data === undefined)
    throw new TokenError("ERR_TOKEN_CLAIM", "user_context must say who the person is", { claim: "user_context" });
  const { roles, department } = data;
  // Each scope of a token writes them, so that Keycloak says one as often as the token has scopes.
  const known = [...new Set(roles)].filter((it) => IDENTIFIER.role.test(it)).slice(0, 16);
  return { roles: known, ...(department !== undefined && { department }) };
}
