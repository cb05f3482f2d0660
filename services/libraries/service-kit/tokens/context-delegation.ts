import { createPublicKey, sign, verify } from "node:crypto";
import type { JsonWebKey, KeyObject } from "node:crypto";
import { isJsonObject, jsonPart, signedParts } from "./compact-jws.ts";
import { TokenError } from "../problem.ts";

/** How long a delegation may be good for. */
export const DELEGATION_SECONDS = 3_600;

const TYPE = "context-delegation+jwt";
const SKEW_SECONDS = 5;

/** Signs the SHA-256 of `bytes` by the tenant's key; answers with the signature as r and s, 32 bytes each (IEEE P1363). */
export type Certify = (bytes: Buffer) => Promise<Buffer>;

/** `Certify` by a private key at hand, for a laptop and for tests: in the cloud the key never leaves KMS. */
export function certifyWith(privateKey: KeyObject): Certify {
  return (bytes) => Promise.resolve(sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }));
}

/** What a tenant's key vouches for: that contexts of `issuer` may be signed by the key `cnf` until `exp` (RFC 7800). */
interface Delegation {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  readonly cnf: { readonly jwk: JsonWebKey };
}

/** Has a public key certified for an hour; the answer is a compact JWS. */
export async function delegate(
  {
    issuer,
    publicKey,
    issuedAt,
  }: { readonly issuer: string; readonly publicKey: KeyObject; readonly issuedAt: number },
  certify: Certify,
): Promise<string> {
  const claims: Delegation = {
    iss: issuer,
    iat: issuedAt,
    exp: issuedAt + DELEGATION_SECONDS,
    cnf: { jwk: publicKey.export({ format: "jwk" }) },
  };
  const header = Buffer.from(JSON.stringify({ alg: "ES256", typ: TYPE })).toString("base64url");
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${signed}.${(await certify(Buffer.from(signed))).toString("base64url")}`;
}

/** A key that may sign contexts, and until when, in seconds since 1970. */
export interface DelegatedKey {
  readonly key: KeyObject;
  readonly expiresAt: number;
}

/** The key that a delegation vouches for; throws `TokenError` unless one of the tenant's keys signed it for `issuer`. */
export function delegatedKey(
  delegation: string,
  { issuer, publicKeys, seconds }: { issuer: string; publicKeys: readonly KeyObject[]; seconds: number },
): DelegatedKey {
  const { header, claims, signed, signature } = signedParts(delegation);
  const { alg, typ } = jsonPart(header);
  if (alg !== "ES256") throw fault("ERR_TOKEN_ALGORITHM", "alg");
  if (typ !== TYPE) throw fault("ERR_TOKEN_TYPE", "typ");
  if (!publicKeys.some((key) => verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature)))
    throw fault("ERR_TOKEN_SIGNATURE");
  const { iss, iat, exp, cnf } = claims;
  if (iss !== issuer) throw fault("ERR_TOKEN_ISSUER", "iss");
  if (typeof iat !== "number" || typeof exp !== "number") throw fault("ERR_TOKEN_CLAIM", "exp");
  if (exp - iat > DELEGATION_SECONDS || exp <= seconds - SKEW_SECONDS) throw fault("ERR_TOKEN_EXPIRED", "exp");
  if (iat > seconds + SKEW_SECONDS) throw fault("ERR_TOKEN_NOT_YET_VALID", "iat");
  return { key: publicKeyIn(cnf), expiresAt: exp };
}

function publicKeyIn(cnf: unknown): KeyObject {
  const jwk = isJsonObject(cnf) ? cnf["jwk"] : undefined;
  if (!isJsonObject(jwk) || jwk["kty"] !== "EC" || jwk["crv"] !== "P-256") throw fault("ERR_TOKEN_CLAIM", "cnf");
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch (cause) {
    throw new TokenError("ERR_TOKEN_CLAIM", "delegation: cnf is no key", { claim: "cnf", cause });
  }
}

function fault(code: ConstructorParameters<typeof TokenError>[0], claim?: string): TokenError {
  return new TokenError(
    code,
    `delegation: ${claim ?? "signature"} is not accepted`,
    claim === undefined ? {} : { claim },
  );
}
