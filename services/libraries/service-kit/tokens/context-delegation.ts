import { sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { base64url, importJWK, jwtVerify } from "jose";
import type { CryptoKey, JWK, JWTPayload } from "jose";
import * as z from "zod";
import { TokenError } from "../problem.ts";
import { tokenError } from "./token-error.ts";

/** The longest validity of a delegation, in seconds. */
export const DELEGATION_SECONDS = 3_600;

const ALGORITHM = "ES256";
const TYPE = "context-delegation+jwt";
const SKEW_SECONDS = 5;

/** A public key on P-256 and nothing of a private one, as the claim `cnf` carries it (RFC 7800 section 3.2). */
const confirmation = z.object({
  jwk: z.strictObject({ kty: z.literal("EC"), crv: z.literal("P-256"), x: z.string(), y: z.string() }),
});

/** Signs the SHA-256 of `bytes` by the tenant's key; answers with the signature as r and s, 32 bytes each (IEEE P1363). */
export type Certify = (bytes: Buffer) => Promise<Buffer>;

/** `Certify` by a private key at hand, for a laptop and for tests: in the cloud the key never leaves KMS. */
export function certifyWith(privateKey: KeyObject): Certify {
  return (bytes) => Promise.resolve(sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }));
}

/** Lets a public key sign contexts of `issuer` for an hour from `issuedAt`, in seconds since 1970; the answer is a compact JWS. */
export async function delegate(
  { issuer, publicKey, issuedAt }: { readonly issuer: string; readonly publicKey: JWK; readonly issuedAt: number },
  certify: Certify,
): Promise<string> {
  const claims = {
    iss: issuer,
    iat: issuedAt,
    exp: issuedAt + DELEGATION_SECONDS,
    cnf: { jwk: publicKey },
  };
  const [header, payload] = [{ alg: ALGORITHM, typ: TYPE }, claims].map((it) => base64url.encode(JSON.stringify(it)));
  const signed = `${header}.${payload}`;
  return `${signed}.${base64url.encode(await certify(Buffer.from(signed)))}`;
}

/** A key that may sign contexts, and until when, in seconds since 1970. */
export interface DelegatedKey {
  readonly key: CryptoKey;
  readonly expiresAt: number;
}

/** Whose delegations are accepted, and at which time, in milliseconds since 1970. */
export interface DelegationCheck {
  readonly issuer: string;
  /** The tenant's keys; any of them may have signed. */
  readonly publicKeys: readonly KeyObject[];
  readonly now: number;
}

/** The key that a delegation names; throws `TokenError` unless one of the tenant's keys signed it for `issuer`. */
export async function delegatedKey(delegation: string, check: DelegationCheck): Promise<DelegatedKey> {
  try {
    const { iat = 0, exp = 0, cnf } = await claimsOf(delegation, check);
    if (exp - iat > DELEGATION_SECONDS)
      throw new TokenError("ERR_TOKEN_EXPIRED", "exp is too far from iat", { claim: "exp" });
    return { key: await keyIn(cnf), expiresAt: exp };
  } catch (failure) {
    const { code, message, claim } = tokenError(failure);
    const reason = `delegation: ${message}`;
    throw new TokenError(code, reason, { ...(claim !== undefined && { claim }), cause: failure });
  }
}

async function claimsOf(delegation: string, { issuer, publicKeys, now }: DelegationCheck): Promise<JWTPayload> {
  const verifications = publicKeys.map((key) =>
    jwtVerify(delegation, key, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer,
      requiredClaims: ["iat", "exp", "cnf"],
      maxTokenAge: DELEGATION_SECONDS,
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(now),
    }),
  );
  const results = await Promise.allSettled(verifications);
  const verified = results.find((it) => it.status === "fulfilled");
  if (verified !== undefined) return verified.value.payload;
  const failures = results.flatMap((it) => (it.status === "rejected" ? [tokenError(it.reason)] : []));
  // Where a key fits, what it says against the claims is the reason; the other keys only say that they did not sign.
  throw failures.find((it) => it.code !== "ERR_TOKEN_SIGNATURE") ?? failures[0] ?? new TypeError("no public key");
}

async function keyIn(cnf: unknown): Promise<CryptoKey> {
  const { data } = confirmation.safeParse(cnf);
  const key = data && (await importJWK(data.jwk, ALGORITHM).catch(() => undefined));
  if (key !== undefined && !(key instanceof Uint8Array)) return key;
  throw new TokenError("ERR_TOKEN_CLAIM", "cnf must hold a public key on P-256", { claim: "cnf" });
}
