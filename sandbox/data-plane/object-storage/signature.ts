import { timingSafeEqual } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "../../../services/libraries/service-kit/sha256.ts";
import { StorageError } from "./storage-error.ts";
import type { StorageRequest } from "./storage-request.ts";

/** Whose signatures are accepted, and for which region. */
export interface StorageCredentials {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

type Signable = Parameters<SignatureV4["presign"]>[0];

/** What a request says about its own signature. */
interface Claim {
  readonly credential: string;
  readonly signedAt: Date;
  /** How long it may be used; undefined for a signature in headers, which is used at once. */
  readonly expiresSeconds?: number;
  readonly signedHeaders: ReadonlySet<string>;
  readonly signature: string;
}

const SKEW_MS = 15 * 60_000;
const LONGEST_LINK_SECONDS = 7 * 24 * 60 * 60;
const PAYLOAD_HASH = "x-amz-content-sha256";
const LINK_PARAMETERS = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"];
const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;

/** Makes what verifies requests (Signature Version 4, in headers or in a link): it signs again and compares. */
export function signatureVerifier(accepted: StorageCredentials): (request: StorageRequest) => Promise<void> {
  const signer = new SignatureV4({
    service: "s3",
    region: accepted.region,
    credentials: accepted,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  return async (request) => {
    const claim = claimOf(request);
    checkScope(claim, accepted);
    checkTime(claim);
    checkSignedHeaders(claim, request);
    const expected = await signatureOf(signer, request, claim);
    if (
      expected.length === claim.signature.length &&
      timingSafeEqual(Buffer.from(expected), Buffer.from(claim.signature))
    )
      return;
    throw new StorageError(403, "SignatureDoesNotMatch", "the signature is not that of this request");
  };
}

function claimOf({ query, headers }: StorageRequest): Claim {
  const { authorization } = headers;
  const inLink = query["X-Amz-Signature"] !== undefined;
  if (inLink && authorization !== undefined)
    throw new StorageError(400, "InvalidArgument", "only one way to authenticate is allowed");
  if (inLink) return claimOfLink(query);
  if (authorization === undefined) throw new StorageError(403, "AccessDenied", "the request is not signed");
  const [, credential, signedHeaders, signature] = AUTHORIZATION.exec(authorization) ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined)
    throw new StorageError(400, "AuthorizationHeaderMalformed", "the authorization header is malformed");
  return {
    credential,
    signature,
    signedHeaders: new Set(signedHeaders.split(";")),
    signedAt: dateOf(headers["x-amz-date"]),
  };
}

function claimOfLink(query: StorageRequest["query"]): Claim {
  const [algorithm, credential, date, expires, signedHeaders, signature] = LINK_PARAMETERS.map(
    (it) => query[`X-Amz-${it}`] ?? "",
  );
  const expiresSeconds = Number(expires);
  const isValid = Number.isInteger(expiresSeconds) && expiresSeconds > 0 && expiresSeconds <= LONGEST_LINK_SECONDS;
  if (algorithm !== "AWS4-HMAC-SHA256" || !isValid)
    throw new StorageError(400, "AuthorizationQueryParametersError", "the parameters of the link are not valid");
  return {
    credential: credential ?? "",
    signature: signature ?? "",
    signedHeaders: new Set(signedHeaders?.split(";")),
    signedAt: dateOf(date),
    expiresSeconds,
  };
}

function dateOf(text = ""): Date {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(date.getTime())) throw new StorageError(403, "AccessDenied", "the date of the signature is missing");
  return date;
}

function checkScope({ credential, signedAt }: Claim, { region, accessKeyId }: StorageCredentials): void {
  const day = signedAt.toISOString().slice(0, 10).replaceAll("-", "");
  if (!credential.startsWith(`${accessKeyId}/`))
    throw new StorageError(403, "InvalidAccessKeyId", "the access key is not known here");
  if (credential === `${accessKeyId}/${day}/${region}/s3/aws4_request`) return;
  throw new StorageError(400, "AuthorizationHeaderMalformed", `the scope must be ${day}/${region}/s3/aws4_request`);
}

function checkTime({ signedAt, expiresSeconds }: Claim): void {
  const age = Date.now() - signedAt.getTime();
  if (age < -SKEW_MS || (expiresSeconds === undefined && age > SKEW_MS))
    throw new StorageError(403, "RequestTimeTooSkewed", "the clocks differ too much");
  if (expiresSeconds !== undefined && age > expiresSeconds * 1_000)
    throw new StorageError(403, "AccessDenied", "the link has expired");
}

function checkSignedHeaders({ signedHeaders, expiresSeconds }: Claim, { headers }: StorageRequest): void {
  if (expiresSeconds === undefined && headers[PAYLOAD_HASH] === undefined)
    throw new StorageError(400, "InvalidRequest", `the header ${PAYLOAD_HASH} is missing`);
  const needed = ["host", ...Object.keys(headers).filter((it) => it.startsWith("x-amz-"))];
  const unsigned = needed.find((it) => !signedHeaders.has(it));
  if (unsigned !== undefined) throw new StorageError(403, "AccessDenied", `the header ${unsigned} is not signed`);
  const absent = [...signedHeaders].find((it) => headers[it] === undefined);
  if (absent !== undefined) throw new StorageError(403, "AccessDenied", `the header ${absent} is signed, but not sent`);
}

async function signatureOf(signer: SignatureV4, request: StorageRequest, claim: Claim): Promise<string> {
  const { signedHeaders, signedAt: signingDate, expiresSeconds } = claim;
  const chosen = Object.entries(request.headers).filter(([name]) => signedHeaders.has(name));
  const inLink = new Set(LINK_PARAMETERS.map((it) => `X-Amz-${it}`));
  const query = Object.fromEntries(Object.entries(request.query).filter(([name]) => !inLink.has(name)));
  const { method, path } = request;
  const signable: Signable = {
    protocol: "http:",
    hostname: "",
    method,
    path,
    query,
    headers: Object.fromEntries(chosen),
  };
  if (expiresSeconds === undefined) {
    const { headers } = await signer.sign(
      { ...signable, query: request.query },
      { signingDate, signableHeaders: new Set(signedHeaders) },
    );
    return /[0-9a-f]{64}$/.exec(headers["authorization"] ?? "")?.[0] ?? "";
  }
  // The body of a link is never part of its signature; the signer learns this from a header that must not be signed itself.
  signable.headers[PAYLOAD_HASH] ??= "UNSIGNED-PAYLOAD";
  const signed = await signer.presign(signable, {
    signingDate,
    expiresIn: expiresSeconds,
    signableHeaders: new Set(signedHeaders),
    unhoistableHeaders: new Set([...signedHeaders, PAYLOAD_HASH]),
    unsignableHeaders: new Set([PAYLOAD_HASH]),
  });
  return String(signed.query?.["X-Amz-Signature"]);
}
