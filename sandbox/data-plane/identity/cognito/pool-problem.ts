/** The errors of Amazon Cognito's token and authorization endpoints. */
export type PoolErrorCode =
  | "access_denied"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_request"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_response_type";

/** Why there is no token; what Cognito says is the code, seldom more. */
export class PoolProblem extends Error {
  override readonly name = "PoolProblem";
  readonly code: PoolErrorCode;
  readonly description: string | undefined;

  constructor(code: PoolErrorCode, options: { readonly description?: string; readonly cause?: unknown } = {}) {
    super(options.description ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.description = options.description;
  }

  /** The answer to a request for a token. */
  get body(): object {
    return { error: this.code, ...(this.description !== undefined && { error_description: this.description }) };
  }
}
