import * as z from "zod";

const triggerAnswer = z.looseObject({
  response: z.strictObject({
    claimsAndScopeOverrideDetails: z.strictObject({
      accessTokenGeneration: z.strictObject({ claimsToAddOrOverride: z.record(z.string(), z.json()) }),
    }),
  }),
});

/** Claims that are the pool's own: a trigger may not touch them. */
const OWN_CLAIMS: readonly string[] =
  "acr amr at_hash aud auth_time azp client_id event_id exp iat iss jti nbf nonce origin_jti scope sub token_use username version".split(
    " ",
  );

/**
 * The claims that a trigger adds to an access token. Throws `ZodError` when its answer has another shape or does more, which in the cloud it
 * may, and `TypeError` when it writes a claim of the pool's own.
 */
export function addedClaims(answer: unknown): Readonly<Record<string, unknown>> {
  const { response } = triggerAnswer.parse(answer);
  const claims = response.claimsAndScopeOverrideDetails.accessTokenGeneration.claimsToAddOrOverride;
  const taken = Object.keys(claims).filter((it) => OWN_CLAIMS.includes(it));
  if (taken.length > 0) throw new TypeError(`a trigger may not write ${taken.join(", ")}`);
  return claims;
}
