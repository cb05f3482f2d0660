import { Problem } from "../../libraries/service-kit/problem.ts";
import type { RequestErrorCode } from "../../libraries/service-kit/problem.ts";

/** A call that is refused for another reason than its token. */
export class RequestProblem extends Problem<RequestErrorCode> {
  override readonly name = "RequestProblem";
  /** The scopes that the call would need. */
  readonly scopes: readonly string[];
  /** Seconds until it may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(
    code: RequestErrorCode,
    reason: string,
    options: { field?: string; cause?: unknown; scopes?: readonly string[]; retryAfter?: number } = {},
  ) {
    super(code, reason, CLIENT_MESSAGES[code], options);
    this.scopes = options.scopes ?? [];
    this.retryAfter = options.retryAfter;
  }
}

const CLIENT_MESSAGES: { readonly [Code in RequestErrorCode]: string } = {
  ERR_DIRECTORY_UNAVAILABLE: "the tenant cannot be looked up at the moment",
  ERR_HEADER_MISMATCH: "the headers do not say what the body says",
  ERR_HTTP_METHOD: "only POST is served here",
  ERR_INTERNAL: "internal error",
  ERR_MESSAGE_INVALID: "not a valid request",
  ERR_MESSAGE_SYNTAX: "the body is not valid JSON",
  ERR_MESSAGE_TOO_LARGE: "the body is too large",
  ERR_METHOD_UNKNOWN: "unknown method",
  ERR_QUOTA_EXCEEDED: "the quota is used up",
  ERR_QUOTA_UNAVAILABLE: "the quota cannot be checked at the moment",
  ERR_PERMISSION_MISSING: "the role of the caller does not permit this",
  ERR_PERSON_REFUSED: "the context of the person is not accepted",
  ERR_SCOPE_INSUFFICIENT: "the access token lacks a scope that this needs",
  ERR_TARGET_UNKNOWN: "unknown tool, prompt, resource or path",
  ERR_TENANT_SUSPENDED: "the tenant is suspended",
  ERR_TENANT_UNKNOWN: "the tenant is not known",
};
