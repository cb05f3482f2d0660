import type { TokenErrorCode } from "../problem.ts";

/** What a client must do to be let in: where the resource's metadata is (RFC 9728) and what scopes it needs. */
export interface Challenge {
  /** Absent where the resource's own address is not known. */
  readonly resourceMetadataUrl?: string | undefined;
  /** All the scopes that this operation needs. */
  readonly scopes: readonly string[];
  /** Absent if the request held no token at all (RFC 6750, section 3.1). */
  readonly error?: "invalid_token" | "insufficient_scope";
  readonly description?: string;
}

/** The value of `WWW-Authenticate`. */
export function challengeHeader({ resourceMetadataUrl, scopes, error, description }: Challenge): string {
  const parameters = [
    ...(resourceMetadataUrl === undefined ? [] : [`resource_metadata="${quotable(resourceMetadataUrl)}"`]),
    ...(scopes.length > 0 ? [`scope="${quotable(scopes.join(" "))}"`] : []),
    ...(error === undefined ? [] : [`error="${error}"`]),
    ...(description === undefined ? [] : [`error_description="${quotable(description)}"`]),
  ];
  return `Bearer ${parameters.join(", ")}`.trimEnd();
}

/** The status and the OAuth error of a token that is refused. */
export function refusalOf(code: TokenErrorCode): {
  readonly status: 401 | 403 | 503;
  readonly error?: Challenge["error"];
} {
  if (code === "ERR_TOKEN_KEYS_UNAVAILABLE") return { status: 503 };
  if (code === "ERR_TOKEN_MISSING") return { status: 401 };
  if (code === "ERR_TOKEN_SCOPE") return { status: 403, error: "insufficient_scope" };
  return { status: 401, error: "invalid_token" };
}

/** What may stand between quotes in a header: printable ASCII but for the quote and the backslash. */
function quotable(text: string): string {
  return text.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "");
}
