import { hash } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import type { CryptoKey, JWTPayload, JWTVerifyGetKey } from "jose";
import { BoundedCache } from "./bounded-cache.ts";
import { TokenError } from "./problem.ts";
import { JsonFault, parseStrictJson } from "./strict-json.ts";
import { IDENTIFIER } from "./tenant-context.ts";
import type { TenantContext } from "./tenant-context.ts";
import { tokenError } from "./token.ts";

/** Largest header value that a gateway carries. */
export const CONTEXT_TOKEN_LIMIT = 4_096;

const TYPE = "context+jwt";
const LONGEST_LIFETIME_SECONDS = 60;
const SKEW_SECONDS = 5;
const CACHE_CAPACITY = 2_000;

/** By whom, for whom and for how long a context is vouched for. */
export interface SignContextOptions {
  /** The interceptor of the tenant. */
  readonly issuer: string;
  /** Name of the MCP server, or of all that one answer is put together from. */
  readonly audience: string | readonly string[];
  readonly key: CryptoKey;
  readonly keyId: string;
  readonly lifetimeSeconds?: number;
  readonly now?: () => number;
}

/** Signs what the interceptor found out about the caller, for one MCP server and at most a minute. */
export async function signContextToken(context: TenantContext, options: SignContextOptions): Promise<string> {
  const { issuer, audience, key, keyId, lifetimeSeconds = LONGEST_LIFETIME_SECONDS, now = Date.now } = options;
  if (!(lifetimeSeconds > 0 && lifetimeSeconds <= LONGEST_LIFETIME_SECONDS)) {
    throw new TypeError(`lifetimeSeconds ${lifetimeSeconds} must be above 0 and at most ${LONGEST_LIFETIME_SECONDS}`);
  }
  const issuedAt = Math.floor(now() / 1_000);
  const token = await new SignJWT({
    iss: issuer,
    aud: typeof audience === "string" ? audience : [...audience],
    iat: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    jti: context.requestId,
    tenant_id: context.tenantId,
    client_id: context.clientId,
    organization_id: context.organizationId,
    user_id: context.userId,
    scope: context.scopes.join(" "),
    correlation_id: context.correlationId,
  })
    .setProtectedHeader({ alg: "ES256", kid: keyId, typ: TYPE })
    .sign(key);
  if (token.length <= CONTEXT_TOKEN_LIMIT) return token;
  throw new TokenError(
    "ERR_TOKEN_TOO_LARGE",
    `context token of ${token.length} characters, limit ${CONTEXT_TOKEN_LIMIT}`,
  );
}

/** Whose context tokens an MCP server accepts. */
export interface ContextTokenVerifierOptions {
  readonly issuer: string;
  /** Name of the MCP server that verifies. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly now?: () => number;
}

/** Makes a verifier that throws `TokenError`, and remembers what it verified until it expires. */
export function contextTokenVerifier(options: ContextTokenVerifierOptions): (token: string) => Promise<TenantContext> {
  const { now = Date.now } = options;
  const verified = new BoundedCache<TenantContext>(CACHE_CAPACITY, now);

  return async (token) => {
    if (token.length > CONTEXT_TOKEN_LIMIT) {
      throw new TokenError(
        "ERR_TOKEN_TOO_LARGE",
        `context token of ${token.length} characters, limit ${CONTEXT_TOKEN_LIMIT}`,
      );
    }
    const key = hash("sha256", token, "base64");
    const known = verified.get(key);
    if (known !== undefined) return known;
    try {
      const claims = await verify(token, options);
      const context = contextOf(claims);
      verified.set(key, context, (claims.exp ?? 0) * 1_000 - now());
      return context;
    } catch (failure) {
      throw tokenError(failure);
    }
  };
}

async function verify(token: string, options: ContextTokenVerifierOptions): Promise<JWTPayload> {
  const { issuer, audience, keys, now = Date.now } = options;
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: ["ES256"],
    issuer,
    audience,
    clockTolerance: SKEW_SECONDS,
    // An age is counted from `iat`: a token that was signed for longer than we allow is refused all the same.
    maxTokenAge: LONGEST_LIFETIME_SECONDS,
    currentDate: new Date(now()),
    requiredClaims: ["exp", "iat", "jti"],
  });
  if (protectedHeader.typ !== TYPE) {
    throw new TokenError("ERR_TOKEN_TYPE", `typ ${JSON.stringify(protectedHeader.typ)} must be "${TYPE}"`, {
      claim: "typ",
    });
  }
  refuseDuplicates(token);
  return payload;
}

function refuseDuplicates(token: string): void {
  try {
    parseStrictJson(Buffer.from(token.split(".")[1] ?? "", "base64url").toString(), 4);
  } catch (cause) {
    const reason = cause instanceof JsonFault ? cause.message : "text is not JSON";
    throw new TokenError("ERR_TOKEN_MALFORMED", `payload: ${reason}`, { cause });
  }
}

function contextOf(claims: JWTPayload): TenantContext {
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
    requestId: required(claims, "jti", IDENTIFIER.requestId),
    correlationId: required(claims, "correlation_id", IDENTIFIER.correlationId),
  };
}

function required(claims: JWTPayload, claim: string, pattern: RegExp): string {
  const value = claims[claim];
  if (typeof value === "string" && pattern.test(value)) return value;
  throw new TokenError("ERR_TOKEN_CLAIM", `${claim} must be a string like ${String(pattern)}`, { claim });
}

function optional(claims: JWTPayload, claim: string, pattern: RegExp): string | undefined {
  return claims[claim] === undefined ? undefined : required(claims, claim, pattern);
}
