/** What went wrong with a token; stable, so that logs, metrics and clients may rely on it. */
export type TokenErrorCode =
  | "ERR_TOKEN_ALGORITHM"
  | "ERR_TOKEN_AUDIENCE"
  | "ERR_TOKEN_CLAIM"
  | "ERR_TOKEN_CLIENT"
  | "ERR_TOKEN_EXPIRED"
  | "ERR_TOKEN_ISSUER"
  | "ERR_TOKEN_KEYS_UNAVAILABLE"
  | "ERR_TOKEN_KEY_UNKNOWN"
  | "ERR_TOKEN_MALFORMED"
  | "ERR_TOKEN_MISSING"
  | "ERR_TOKEN_NOT_YET_VALID"
  | "ERR_TOKEN_SCOPE"
  | "ERR_TOKEN_SIGNATURE"
  | "ERR_TOKEN_TENANT"
  | "ERR_TOKEN_TOO_LARGE"
  | "ERR_TOKEN_TYPE";

/** Why a call is refused for another reason than its token. */
export type RequestErrorCode =
  | "ERR_DIRECTORY_UNAVAILABLE"
  | "ERR_HEADER_MISMATCH"
  | "ERR_HTTP_METHOD"
  | "ERR_INTERNAL"
  | "ERR_MESSAGE_INVALID"
  | "ERR_MESSAGE_SYNTAX"
  | "ERR_MESSAGE_TOO_LARGE"
  | "ERR_METHOD_UNKNOWN"
  | "ERR_QUOTA_EXCEEDED"
  | "ERR_QUOTA_UNAVAILABLE"
  | "ERR_PERMISSION_MISSING"
  | "ERR_PERSON_REFUSED"
  | "ERR_SCOPE_INSUFFICIENT"
  | "ERR_TARGET_UNKNOWN"
  | "ERR_TENANT_SUSPENDED"
  | "ERR_TENANT_UNKNOWN";

/** A stable code, the offending field and a reason for the log; the client sees only `clientMessage`. */
export class Problem<Code extends string = string> extends Error {
  override readonly name: string = "Problem";
  readonly code: Code;
  /** The claim, header or member at fault. */
  readonly field: string | undefined;
  /** What a client may know. */
  readonly clientMessage: string;

  constructor(code: Code, reason: string, clientMessage: string, options?: { field?: string; cause?: unknown }) {
    super(reason, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options?.field;
    this.clientMessage = clientMessage;
  }
}

/** What every client is told about a token that is refused, so that the answer helps nobody to forge a better one. */
const TOKEN_MESSAGES: { readonly [Code in TokenErrorCode]?: string } = {
  ERR_TOKEN_EXPIRED: "the access token has expired",
  ERR_TOKEN_KEYS_UNAVAILABLE: "the access token cannot be verified at the moment",
  ERR_TOKEN_MISSING: "an access token is required",
  ERR_TOKEN_SCOPE: "the access token holds no scope of this resource",
};

/** A token that is refused, and the claim that is why. */
export class TokenError extends Problem<TokenErrorCode> {
  override readonly name = "TokenError";

  constructor(code: TokenErrorCode, reason: string, options?: { claim?: string; cause?: unknown }) {
    const field = options?.claim;
    const message = TOKEN_MESSAGES[code] ?? "the access token is not valid here";
    super(code, reason, message, { ...(field !== undefined && { field }), cause: options?.cause });
  }

  /** The claim at fault, where there is one. */
  get claim(): string | undefined {
    return this.field;
  }
}
