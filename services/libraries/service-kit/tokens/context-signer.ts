import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { CryptoKey, JWTHeaderParameters, JWTPayload } from "jose";
import { BoundedCache } from "../bounded-cache.ts";
import { delegate, DELEGATION_SECONDS } from "./context-delegation.ts";
import type { Certify } from "./context-delegation.ts";
import { CONTEXT_LIFETIME_SECONDS, CONTEXT_TOKEN_LIMIT, CONTEXT_TOKEN_TYPE } from "./context-token.ts";
import { TokenError } from "../problem.ts";
import { actClaim, metadataClaim } from "./actor-claims.ts";
import type { CallerContext } from "../tenant-context.ts";

/** Signs what the interceptor found out about the caller, for one MCP server, or for all that one answer is put together from. */
export type ContextSigner = (caller: CallerContext, audience: string | readonly string[]) => Promise<string>;

/** Whose contexts are signed, and what certifies the signer's key. */
export interface ContextSignerOptions {
  /** The interceptor of the tenant. */
  readonly issuer: string;
  readonly certify: Certify;
  /** For how long a token is good, in seconds: for agents longer than the minute that it is by default. */
  readonly lifetimeSeconds?: number;
  readonly now?: () => number;
}

/** The private key of this process, and the protected header that carries the delegation for it. */
interface Credential {
  readonly privateKey: CryptoKey;
  readonly header: JWTHeaderParameters;
  readonly renewAt: number;
}

/** A delegation is renewed while it is good for at least this long. */
const RENEWED_BEFORE_MS = 600_000;

/** The calls of one caller carry the same token for half of its life: it is signed, and verified, once. */
const REUSED = 1 / 2;
const CALLERS_KNOWN = 2_000;

/** Makes a signer whose key pair is made here, never shown, and replaced with each delegation. */
export function contextSigner(options: ContextSignerOptions): ContextSigner {
  const { issuer, certify, lifetimeSeconds = CONTEXT_LIFETIME_SECONDS, now = Date.now } = options;
  let current: Promise<Credential> | undefined;
  let renewAt = 0;
  const signed = new BoundedCache<string>(CALLERS_KNOWN, now);

  const credential = (): Promise<Credential> => {
    if (current !== undefined && now() < renewAt) return current;
    const made = credentialOf(issuer, certify, now());
    current = made;
    renewAt = Number.POSITIVE_INFINITY;
    made.then(
      (it) => (renewAt = it.renewAt),
      () => (current = undefined),
    );
    return made;
  };

  return async (caller, audience) => {
    const claims = claimsOf(caller, issuer, audience);
    const key = JSON.stringify(claims);
    const known = signed.get(key);
    if (known !== undefined) return known;
    const token = await signedBy(await credential(), {
      ...claims,
      jti: randomUUID(),
      ...lifetime(now(), lifetimeSeconds),
    });
    signed.set(key, token, lifetimeSeconds * 1_000 * REUSED);
    return token;
  };
}

async function signedBy({ privateKey, header }: Credential, claims: JWTPayload): Promise<string> {
  const token = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
  if (token.length <= CONTEXT_TOKEN_LIMIT) return token;
  const reason = `context token of ${token.length} characters, limit ${CONTEXT_TOKEN_LIMIT}`;
  throw new TokenError("ERR_TOKEN_TOO_LARGE", reason);
}

function lifetime(nowMs: number, seconds: number): { readonly iat: number; readonly exp: number } {
  const iat = Math.floor(nowMs / 1_000);
  return { iat, exp: iat + seconds };
}

async function credentialOf(issuer: string, certify: Certify, nowMs: number): Promise<Credential> {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const delegation = await delegate(
    { issuer, publicKey: await exportJWK(publicKey), issuedAt: Math.floor(nowMs / 1_000) },
    certify,
  );
  return {
    privateKey,
    header: { alg: "ES256", typ: CONTEXT_TOKEN_TYPE, delegation },
    renewAt: nowMs + DELEGATION_SECONDS * 1_000 - RENEWED_BEFORE_MS,
  };
}

function claimsOf(caller: CallerContext, issuer: string, audience: string | readonly string[]): JWTPayload {
  return {
    iss: issuer,
    aud: typeof audience === "string" ? audience : [...audience],
    tenant_id: caller.tenantId,
    client_id: caller.clientId,
    organization_id: caller.organizationId,
    scope: caller.scopes.join(" "),
    kind: caller.kind,
    ...(caller.actors !== undefined && { act: actClaim(caller.actors) }),
    ...(caller.client !== undefined && { client_metadata: metadataClaim(caller.client) }),
    user_context: {
      user_id: caller.userId,
      department: caller.department,
      roles: caller.roles,
      permissions: caller.permissions,
    },
  };
}
