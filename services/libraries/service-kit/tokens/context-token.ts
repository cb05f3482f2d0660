import { createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { jwtVerify } from "jose";
import type { CryptoKey, JWTPayload, JWTVerifyOptions } from "jose";
import { BoundedCache } from "../bounded-cache.ts";
import { delegatedKey } from "./context-delegation.ts";
import type { DelegatedKey } from "./context-delegation.ts";
import { TokenError } from "../problem.ts";
import { callerMembers } from "../../../../contracts/agents/caller.ts";
import { isRecord } from "../../../../contracts/json.ts";
import { IDENTIFIER } from "../../../../contracts/identifiers.ts";
import type { CallerContext } from "../tenant-context.ts";
import { actorsIn } from "./actor-claims.ts";
import { tokenError } from "./token-error.ts";

/** Largest header value that a gateway carries. */
export const CONTEXT_TOKEN_LIMIT = 4_096;

/** Validity of a context token, in seconds. */
export const CONTEXT_LIFETIME_SECONDS = 60;

/** The `typ` of context tokens, so that none is taken for another token, nor another for one. */
export const CONTEXT_TOKEN_TYPE = "context+jwt";

const SKEW_SECONDS = 5;
const TOKEN_ID = /^[\w-]{1,64}$/;
const CHECKS: JWTVerifyOptions = {
  algorithms: ["ES256"],
  typ: CONTEXT_TOKEN_TYPE,
  requiredClaims: ["iat", "exp", "jti", "user_context"],
  clockTolerance: SKEW_SECONDS,
};
const SIGNERS_KNOWN = 500;
const TOKENS_KNOWN = 2_000;

/** Whose context tokens an MCP server accepts. */
export interface ContextTokenVerifierOptions {
  readonly issuer: string;
  /** Name of the MCP server that verifies, or what stands for all agents. */
  readonly audience: string;
  readonly tenantId: string;
  /** The tenant's public keys, SPKI in PEM one after the other. */
  readonly publicKeys: string;
  /** The longest validity that is accepted, in seconds; a minute by default. A token that was signed for longer is refused after it. */
  readonly lifetimeSeconds?: number;
  readonly now?: () => number;
}

/**
 * Makes a verifier that throws `TokenError`. A token is verified once, and remembered until it expires; so is the delegation in
 * its header, which is the same for all tokens that one process signs.
 */
export function contextTokenVerifier(options: ContextTokenVerifierOptions): (token: string) => Promise<CallerContext> {
  const { issuer, lifetimeSeconds = CONTEXT_LIFETIME_SECONDS, now = Date.now } = options;
  const publicKeys = keysIn(options.publicKeys);
  const signers = new BoundedCache<DelegatedKey>(SIGNERS_KNOWN, now);
  const callers = new BoundedCache<CallerContext>(TOKENS_KNOWN, now);
  const requireOwnId = ownIds(now);
  const checks = { ...CHECKS, issuer, audience: options.audience, maxTokenAge: lifetimeSeconds };

  const signerOf = async (header: string, delegation: unknown): Promise<CryptoKey> => {
    const known = signers.get(header);
    if (known !== undefined) return known.key;
    if (typeof delegation !== "string") throw new TokenError("ERR_TOKEN_KEY_UNKNOWN", "no delegation");
    const signer = await delegatedKey(delegation, { issuer, publicKeys, now: now() });
    signers.set(header, signer, signer.expiresAt * 1_000 - now());
    return signer.key;
  };

  const verify = async (token: string): Promise<CallerContext> => {
    if (token.length > CONTEXT_TOKEN_LIMIT)
      throw new TokenError("ERR_TOKEN_TOO_LARGE", `context token of ${token.length} characters`);
    const { payload } = await jwtVerify(
      token,
      ({ delegation }, { protected: header = "" }) => signerOf(header, delegation),
      { ...checks, currentDate: new Date(now()) },
    );
    const caller = callerOf(payload, options.tenantId);
    const left = expiryOf(payload, lifetimeSeconds) * 1_000 - now();
    requireOwnId(required(payload, "jti", TOKEN_ID), token, left);
    callers.set(token, caller, left);
    return caller;
  };

  return (token) => {
    const known = callers.get(token);
    if (known !== undefined) return Promise.resolve(known);
    return verify(token).catch((failure: unknown) => {
      throw tokenError(failure);
    });
  };
}

/** Refuses an id that was another token's: an id is of one (RFC 7519, section 4.1.7), so that under it nobody says something else. */
function ownIds(now: () => number): (id: string, token: string, milliseconds: number) => void {
  const tokens = new BoundedCache<string>(TOKENS_KNOWN, now);
  return (id, token, milliseconds) => {
    if ((tokens.get(id) ?? token) !== token)
      throw new TokenError("ERR_TOKEN_CLAIM", "jti is another token's", { claim: "jti" });
    tokens.set(id, token, milliseconds);
  };
}

function keysIn(pem: string): readonly KeyObject[] {
  const keys = pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  if (keys.length === 0) throw new TypeError("publicKeys must hold at least one public key in PEM");
  return keys.map((it) => createPublicKey(it));
}

/** Until when verified claims hold, in seconds since 1970. */
function expiryOf({ iat = 0, exp = 0 }: JWTPayload, lifetimeSeconds: number): number {
  return Math.min(exp, iat + lifetimeSeconds) + SKEW_SECONDS;
}

function callerOf(claims: JWTPayload, tenantId: string): CallerContext {
  const { scope, tenant_id: tenant } = claims;
  if (tenant !== tenantId)
    throw new TokenError("ERR_TOKEN_TENANT", "context token: tenant_id is not accepted", { claim: "tenant_id" });
  const organizationId = optional(claims, "organization_id", IDENTIFIER.organizationId);
  if (typeof scope !== "string") throw new TokenError("ERR_TOKEN_CLAIM", "scope must be a string", { claim: "scope" });
  return {
    tenantId: required(claims, "tenant_id", IDENTIFIER.tenantId),
    clientId: required(claims, "client_id", IDENTIFIER.clientId),
    ...(organizationId !== undefined && { organizationId }),
    scopes: scope.split(" ").filter((it) => IDENTIFIER.scope.test(it)),
    ...personIn(claims),
    ...actorsIn(claims),
  };
}

const person = callerMembers.pick({ userId: true, roles: true, department: true, permissions: true }).partial();
const kinds = callerMembers.pick({ kind: true }).partial();

/** What was found out of the caller beside which client it is; a claim of another form than ours is refused, not left out. */
function personIn({ kind, user_context: context }: JWTPayload): Partial<CallerContext> {
  const { user_id: userId, ...rest } = isRecord(context) ? context : { user_id: null };
  const member = person.safeParse(userId === undefined ? rest : { userId, ...rest });
  if (member.data === undefined) throw malformed("user_context");
  const { data } = kinds.safeParse(kind === undefined ? {} : { kind });
  if (data === undefined) throw malformed("kind");
  return Object.fromEntries(Object.entries({ ...data, ...member.data }).filter(([, value]) => value !== undefined));
}

function malformed(claim: string): TokenError {
  return new TokenError("ERR_TOKEN_CLAIM", `${claim} has another form`, { claim });
}

function required(claims: JWTPayload, claim: string, pattern: RegExp): string {
  const value = claims[claim];
  if (typeof value === "string" && pattern.test(value)) return value;
  throw new TokenError("ERR_TOKEN_CLAIM", `${claim} must be a string like ${String(pattern)}`, { claim });
}

function optional(claims: JWTPayload, claim: string, pattern: RegExp): string | undefined {
  return claims[claim] === undefined ? undefined : required(claims, claim, pattern);
}
