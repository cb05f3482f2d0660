import { generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { BoundedCache } from "../bounded-cache.ts";
import { delegate, DELEGATION_SECONDS } from "./context-delegation.ts";
import type { Certify } from "./context-delegation.ts";
import { CONTEXT_LIFETIME_SECONDS, CONTEXT_TOKEN_LIMIT, CONTEXT_TOKEN_TYPE } from "./context-token.ts";
import { TokenError } from "../problem.ts";
import type { CallerContext } from "../tenant-context.ts";

/** Signs what the interceptor found out about the caller, for one MCP server, or for all that one answer is put together from. */
export type ContextSigner = (caller: CallerContext, audience: string | readonly string[]) => Promise<string>;

/** Whose contexts are signed, and who vouches for the signer's key. */
export interface ContextSignerOptions {
  /** The interceptor of the tenant. */
  readonly issuer: string;
  readonly certify: Certify;
  readonly now?: () => number;
}

/** A key pair of this process, and the header that shows who vouches for it. */
interface Credential {
  readonly privateKey: KeyObject;
  readonly header: string;
  readonly renewAt: number;
}

/** A delegation is renewed while it is good for at least this long. */
const RENEWED_BEFORE_MS = 600_000;

/** The calls of one caller carry the same token for half of its life: it is signed, and verified, once. */
const REUSED_MS = (CONTEXT_LIFETIME_SECONDS * 1_000) / 2;
const CALLERS_KNOWN = 2_000;

/** Makes a signer whose key pair is made here, never shown, and replaced with each delegation. */
export function contextSigner({ issuer, certify, now = Date.now }: ContextSignerOptions): ContextSigner {
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
    const token = signedBy(await credential(), { ...claims, ...lifetime(now()) });
    signed.set(key, token, REUSED_MS);
    return token;
  };
}

function signedBy({ privateKey, header }: Credential, claims: object): string {
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  const signature = sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
  const token = `${signed}.${signature.toString("base64url")}`;
  if (token.length <= CONTEXT_TOKEN_LIMIT) return token;
  const reason = `context token of ${token.length} characters, limit ${CONTEXT_TOKEN_LIMIT}`;
  throw new TokenError("ERR_TOKEN_TOO_LARGE", reason);
}

function lifetime(nowMs: number): { readonly iat: number; readonly exp: number } {
  const iat = Math.floor(nowMs / 1_000);
  return { iat, exp: iat + CONTEXT_LIFETIME_SECONDS };
}

async function credentialOf(issuer: string, certify: Certify, nowMs: number): Promise<Credential> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const delegation = await delegate({ issuer, publicKey, issuedAt: Math.floor(nowMs / 1_000) }, certify);
  const header = { alg: "ES256", typ: CONTEXT_TOKEN_TYPE, delegation };
  return {
    privateKey,
    header: Buffer.from(JSON.stringify(header)).toString("base64url"),
    renewAt: nowMs + DELEGATION_SECONDS * 1_000 - RENEWED_BEFORE_MS,
  };
}

function claimsOf(caller: CallerContext, issuer: string, audience: string | readonly string[]): object {
  return {
    iss: issuer,
    aud: audience,
    tenant_id: caller.tenantId,
    client_id: caller.clientId,
    organization_id: caller.organizationId,
    user_id: caller.userId,
    scope: caller.scopes.join(" "),
  };
}
