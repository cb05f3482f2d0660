import { hash } from "node:crypto";
import { jwtVerify } from "jose";
import type { JWTVerifyGetKey, JWTVerifyOptions } from "jose";
import { BoundedCache } from "../bounded-cache.ts";
import { TokenError } from "../problem.ts";
import { JsonFault, parseStrictJson } from "../strict-json.ts";
import { tokenError } from "./token-error.ts";
import { readClaims } from "./token-claims.ts";
import type { VerifiedToken } from "./token-claims.ts";
import { PROFILES } from "./token-profile.ts";
import type { ProfileName } from "./token-profile.ts";

export type { VerifiedToken } from "./token-claims.ts";

/** The algorithms that we accept: signatures by a key pair, never a shared secret, never none. */
export const ALGORITHMS: readonly string[] = ["RS256", "ES256", "PS256", "EdDSA"];

/** A token of this many characters or more is not read. */
export const TOKEN_LENGTH_LIMIT = 8_192;

const CACHE_CAPACITY = 2_000;
const LONGEST_CACHED_MS = 60_000;
const REFUSAL_CACHED_MS = 10_000;

/** What may be different a moment later, so it is asked again. */
const PASSING: readonly string[] = ["ERR_TOKEN_KEYS_UNAVAILABLE", "ERR_TOKEN_KEY_UNKNOWN", "ERR_TOKEN_NOT_YET_VALID"];

/** Whose tokens one resource of one tenant accepts. */
export type TokenVerifierOptions = {
  readonly profile: ProfileName;
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  readonly tenantId: string;
  /** The scopes of this resource, normalised; a token must hold at least one. */
  readonly scopes: readonly string[];
  readonly skewSeconds?: number;
  readonly now?: () => number;
} & (
  | { readonly audience: string; readonly clients?: readonly string[]; readonly scopePrefix?: never }
  // Without an audience only the clients and the name before the scope bind a token to this resource.
  | { readonly audience?: string; readonly clients: readonly string[]; readonly scopePrefix: string }
  // Or the scope, where the issuer gives it to nobody but those who may call.
  | { readonly audience?: never; readonly clients: "by scope"; readonly scopePrefix: string }
);

/** Verifies an access token, or throws `TokenError`. */
export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

/** Makes the verifier of one resource; what it verified and what it refused it remembers for a while. */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { now = Date.now } = options;
  requireBinding(options);
  const verified = new BoundedCache<VerifiedToken>(CACHE_CAPACITY, now);
  const refused = new BoundedCache<TokenError>(CACHE_CAPACITY, now);

  return async (token) => {
    if (token.length >= TOKEN_LENGTH_LIMIT) {
      throw new TokenError("ERR_TOKEN_TOO_LARGE", `token of ${token.length} characters, limit ${TOKEN_LENGTH_LIMIT}`);
    }
    const key = hash("sha256", token, "base64");
    const known = verified.get(key);
    if (known !== undefined) return known;
    const refusal = refused.get(key);
    if (refusal !== undefined) throw refusal;
    try {
      const it = await verify(token, options);
      verified.set(key, it, Math.min(it.expiresAt * 1_000 - now(), LONGEST_CACHED_MS));
      return it;
    } catch (failure) {
      const error = tokenError(failure);
      if (!PASSING.includes(error.code)) refused.set(key, error, REFUSAL_CACHED_MS);
      throw error;
    }
  };
}

/** The types demand it too; configuration that was read at run time may have slipped by them. */
function requireBinding({ profile, audience, clients, scopePrefix }: Partial<TokenVerifierOptions>): void {
  if (audience === undefined && (clients === undefined || scopePrefix === undefined)) {
    throw new TypeError("tokens must be bound by an audience, or by clients and a scope prefix");
  }
  if (profile === "cognito" && scopePrefix === undefined) throw new TypeError("cognito scopes have a prefix");
}

async function verify(token: string, options: TokenVerifierOptions): Promise<VerifiedToken> {
  const { profile, issuer, audience, keys, skewSeconds = 30, now = Date.now } = options;
  refuseBeforeSignature(token, issuer);
  const verifyOptions: JWTVerifyOptions = {
    algorithms: [...ALGORITHMS],
    issuer,
    ...(audience !== undefined && { audience }),
    clockTolerance: skewSeconds,
    currentDate: new Date(now()),
    requiredClaims: ["exp", "iat", "sub"],
  };
  const { payload, protectedHeader } = await jwtVerify(token, keys, verifyOptions);
  return readClaims(protectedHeader, payload, {
    profile: PROFILES[profile],
    tenantId: options.tenantId,
    scopes: options.scopes,
    clients: options.clients === "by scope" ? undefined : options.clients,
    scopePrefix: options.scopePrefix ?? "",
    latestIssue: now() / 1_000 + skewSeconds,
  });
}

/** What needs no key to be seen, so that a hostile token never makes us ask an issuer for keys. */
function refuseBeforeSignature(token: string, issuer: string): void {
  const [header, payload, signature, ...rest] = token.split(".");
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    throw new TokenError("ERR_TOKEN_MALFORMED", "token must have three parts");
  }
  const { alg, kid } = object(header, "header");
  if (typeof alg !== "string" || !ALGORITHMS.includes(alg)) {
    const reason = `alg ${JSON.stringify(alg)} must be one of ${ALGORITHMS.join(", ")}`;
    throw new TokenError("ERR_TOKEN_ALGORITHM", reason, { claim: "alg" });
  }
  if (typeof kid !== "string") throw new TokenError("ERR_TOKEN_KEY_UNKNOWN", "kid must be a string", { claim: "kid" });
  const { iss } = object(payload, "payload");
  if (iss !== issuer)
    throw new TokenError("ERR_TOKEN_ISSUER", `iss ${JSON.stringify(iss)} must be "${issuer}"`, { claim: "iss" });
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function object(part: string, name: string): { readonly [key: string]: unknown } {
  let value: unknown;
  try {
    value = parseStrictJson(utf8.decode(Buffer.from(part, "base64url")), 16);
  } catch (cause) {
    const reason = cause instanceof JsonFault ? cause.message : "text is not UTF-8";
    throw new TokenError("ERR_TOKEN_MALFORMED", `${name}: ${reason}`, { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new TokenError("ERR_TOKEN_MALFORMED", `${name} must be an object`);
}
