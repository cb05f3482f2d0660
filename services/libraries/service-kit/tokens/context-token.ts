import { createPublicKey, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { BoundedCache } from "../bounded-cache.ts";
import { jsonPart, signedParts } from "./compact-jws.ts";
import type { JsonObject } from "./compact-jws.ts";
import { delegatedKey } from "./context-delegation.ts";
import type { DelegatedKey } from "./context-delegation.ts";
import { TokenError } from "../problem.ts";
import { IDENTIFIER } from "../../../../contracts/identifiers.ts";
import type { CallerContext } from "../tenant-context.ts";

/** Largest header value that a gateway carries. */
export const CONTEXT_TOKEN_LIMIT = 4_096;

/** How long a caller is vouched for. */
export const CONTEXT_LIFETIME_SECONDS = 60;

/** The `typ` of context tokens, so that none is taken for another token, nor another for one. */
export const CONTEXT_TOKEN_TYPE = "context+jwt";

const SKEW_SECONDS = 5;
const SIGNERS_KNOWN = 500;
const TOKENS_KNOWN = 2_000;

/** Whose context tokens an MCP server accepts. */
export interface ContextTokenVerifierOptions {
  readonly issuer: string;
  /** Name of the MCP server that verifies. */
  readonly audience: string;
  readonly tenantId: string;
  /** The tenant's public keys, SPKI in PEM one after the other. */
  readonly publicKeys: string;
  readonly now?: () => number;
}

/**
 * Makes a verifier that throws `TokenError`. A token is verified once, and remembered until it expires; so is the delegation in
 * its header, which is the same for all tokens that one process signs.
 */
export function contextTokenVerifier(options: ContextTokenVerifierOptions): (token: string) => Promise<CallerContext> {
  const { issuer, now = Date.now } = options;
  const publicKeys = keysIn(options.publicKeys);
  const signers = new BoundedCache<DelegatedKey>(SIGNERS_KNOWN, now);
  const callers = new BoundedCache<CallerContext>(TOKENS_KNOWN, now);

  const signerOf = (header: string, seconds: number): DelegatedKey => {
    const known = signers.get(header);
    if (known !== undefined) return known;
    const { alg, typ, delegation } = jsonPart(header);
    if (alg !== "ES256") throw new TokenError("ERR_TOKEN_ALGORITHM", "alg must be ES256", { claim: "alg" });
    if (typ !== CONTEXT_TOKEN_TYPE) throw new TokenError("ERR_TOKEN_TYPE", "typ is of another token", { claim: "typ" });
    if (typeof delegation !== "string") throw new TokenError("ERR_TOKEN_KEY_UNKNOWN", "no delegation");
    const signer = delegatedKey(delegation, { issuer, publicKeys, seconds });
    signers.set(header, signer, (signer.expiresAt - seconds) * 1_000);
    return signer;
  };

  const callerIn = (token: string): CallerContext => {
    const known = callers.get(token);
    if (known !== undefined) return known;
    if (token.length > CONTEXT_TOKEN_LIMIT)
      throw new TokenError("ERR_TOKEN_TOO_LARGE", `context token of ${token.length} characters`);
    const seconds = now() / 1_000;
    const { header, signed, signature, claims } = signedParts(token);
    const { key } = signerOf(header, seconds);
    if (!verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature))
      throw new TokenError("ERR_TOKEN_SIGNATURE", "signature does not fit");
    const expiresAt = expiryOf(claims, options, seconds);
    const caller = callerOf(claims);
    callers.set(token, caller, (expiresAt - seconds) * 1_000);
    return caller;
  };
  return (token) => new Promise((resolve) => resolve(callerIn(token)));
}

function keysIn(pem: string): readonly KeyObject[] {
  const keys = pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  if (keys.length === 0) throw new TypeError("publicKeys must hold at least one public key in PEM");
  return keys.map((it) => createPublicKey(it));
}

/** Until when the claims are good, in seconds since 1970; throws unless they are good here and now. */
function expiryOf(
  { iss, aud, iat, exp, tenant_id: tenantId }: JsonObject,
  options: ContextTokenVerifierOptions,
  seconds: number,
): number {
  if (iss !== options.issuer) throw refused("ERR_TOKEN_ISSUER", "iss");
  if (aud !== options.audience && !(Array.isArray(aud) && aud.includes(options.audience)))
    throw refused("ERR_TOKEN_AUDIENCE", "aud");
  if (typeof iat !== "number" || typeof exp !== "number") throw refused("ERR_TOKEN_CLAIM", "exp");
  // A token that was signed for longer than we allow is refused all the same.
  const expiresAt = Math.min(exp, iat + CONTEXT_LIFETIME_SECONDS) + SKEW_SECONDS;
  if (expiresAt <= seconds) throw refused("ERR_TOKEN_EXPIRED", "exp");
  if (iat > seconds + SKEW_SECONDS) throw refused("ERR_TOKEN_NOT_YET_VALID", "iat");
  if (tenantId !== options.tenantId) throw refused("ERR_TOKEN_TENANT", "tenant_id");
  return expiresAt;
}

function refused(code: ConstructorParameters<typeof TokenError>[0], claim: string): TokenError {
  return new TokenError(code, `context token: ${claim} is not accepted`, { claim });
}

function callerOf(claims: JsonObject): CallerContext {
  const organizationId = optional(claims, "organization_id", IDENTIFIER.organizationId);
  const userId = optional(claims, "user_id", IDENTIFIER.userId);
  const { scope } = claims;
  if (typeof scope !== "string") throw new TokenError("ERR_TOKEN_CLAIM", "scope must be a string", { claim: "scope" });
  return {
    tenantId: required(claims, "tenant_id", IDENTIFIER.tenantId),
    clientId: required(claims, "client_id", IDENTIFIER.clientId),
    ...(organizationId !== undefined && { organizationId }),
    ...(userId !== undefined && { userId }),
    scopes: scope.split(" ").filter((it) => IDENTIFIER.scope.test(it)),
  };
}

function required(claims: JsonObject, claim: string, pattern: RegExp): string {
  const value = claims[claim];
  if (typeof value === "string" && pattern.test(value)) return value;
  throw new TokenError("ERR_TOKEN_CLAIM", `${claim} must be a string like ${String(pattern)}`, { claim });
}

function optional(claims: JsonObject, claim: string, pattern: RegExp): string | undefined {
  return claims[claim] === undefined ? undefined : required(claims, claim, pattern);
}
