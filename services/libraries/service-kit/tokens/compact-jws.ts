import { isRecord } from "../../../../contracts/json.ts";
import { TokenError } from "../problem.ts";

export { isRecord as isJsonObject } from "../../../../contracts/json.ts";

/** A JSON object as it was parsed, nothing known of its members. */
export interface JsonObject {
  readonly [name: string]: unknown;
}

/** The parts of a compact JWS (RFC 7515 section 3.1), read but not verified. */
export interface SignedParts {
  /** As it was sent: read it by `jsonPart`. */
  readonly header: string;
  readonly claims: JsonObject;
  /** What is signed: the first two parts as they were sent. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** Takes a compact JWS apart, or throws `ERR_TOKEN_MALFORMED`. */
export function signedParts(token: string): SignedParts {
  const [header, claims, signature, ...rest] = token.split(".");
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0)
    throw new TokenError("ERR_TOKEN_MALFORMED", "token must have three parts");
  return {
    header,
    claims: jsonPart(claims),
    signed: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, "base64url"),
  };
}

/** The JSON object in one part of a compact JWS, or throws `ERR_TOKEN_MALFORMED`. */
export function jsonPart(part: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, "base64url").toString());
  } catch (cause) {
    throw new TokenError("ERR_TOKEN_MALFORMED", "part is not JSON", { cause });
  }
  if (isRecord(value)) return value;
  throw new TokenError("ERR_TOKEN_MALFORMED", "part must be an object");
}
