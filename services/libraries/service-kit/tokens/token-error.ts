import { errors } from "jose";
import { TokenError } from "../problem.ts";
import type { TokenErrorCode } from "../problem.ts";

const CLAIM_CODES: { readonly [claim: string]: TokenErrorCode } = {
  iss: "ERR_TOKEN_ISSUER",
  aud: "ERR_TOKEN_AUDIENCE",
  typ: "ERR_TOKEN_TYPE",
  iat: "ERR_TOKEN_NOT_YET_VALID",
  nbf: "ERR_TOKEN_NOT_YET_VALID",
};

/** The `TokenError` that a failure of jose stands for; a `TokenError` is returned as it is. */
export function tokenError(failure: unknown): TokenError {
  if (failure instanceof TokenError) return failure;
  const cause = failure;
  const reason = failure instanceof Error ? failure.message : String(failure);
  if (failure instanceof errors.JWTClaimValidationFailed) {
    const { claim } = failure;
    return new TokenError(codeOfClaim(claim, failure.reason), reason, { claim, cause });
  }
  const known = failure instanceof errors.JOSEError ? FAILURES[failure.code] : undefined;
  return new TokenError(known?.code ?? "ERR_TOKEN_MALFORMED", reason, { ...known?.field, cause });
}

function codeOfClaim(claim: string, reason: string): TokenErrorCode {
  return (reason === "invalid" ? undefined : CLAIM_CODES[claim]) ?? "ERR_TOKEN_CLAIM";
}

interface Meaning {
  readonly code: TokenErrorCode;
  readonly field?: { readonly claim: string };
}

const FAILURES: { readonly [code: string]: Meaning } = {
  [errors.JOSEAlgNotAllowed.code]: { code: "ERR_TOKEN_ALGORITHM", field: { claim: "alg" } },
  [errors.JWTExpired.code]: { code: "ERR_TOKEN_EXPIRED", field: { claim: "exp" } },
  [errors.JWKSMultipleMatchingKeys.code]: { code: "ERR_TOKEN_KEY_UNKNOWN", field: { claim: "kid" } },
  [errors.JWKSNoMatchingKey.code]: { code: "ERR_TOKEN_KEY_UNKNOWN", field: { claim: "kid" } },
  [errors.JWSSignatureVerificationFailed.code]: { code: "ERR_TOKEN_SIGNATURE" },
};
