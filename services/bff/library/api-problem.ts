import { type ProblemCode, problemKind } from "./problems.ts";

/** One fault of a request: where it is (a JSON Pointer, RFC 6901, into the body; else the name of a parameter), and what must be true. */
export interface RequestFault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** What a problem may say beyond its kind; everything here is shown to the client, but for `cause`. */
export interface ProblemOptions {
  readonly errors?: readonly RequestFault[];
  /** When another try may succeed, in seconds. */
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** More members of the answer (RFC 9457, 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** What the log gets; never shown. */
  readonly cause?: unknown;
}

/** What a BFF refuses or cannot do: thrown anywhere below a route, and answered as `application/problem+json`. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  /** `detail` is shown to the client. */
  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.options = options;
  }

  get status(): number {
    return problemKind(this.code).status;
  }
}

/** The answer to a request that failed (RFC 9457); `instance` names the request, by which its log lines are found. */
export function problemResponse(problem: ApiProblem, requestId: string): Response {
  const { status, title, type = `urn:alicerce:problem:${problem.code}` } = problemKind(problem.code);
  const { errors, retryAfterSeconds, headers, extensions } = problem.options;
  const body = {
    ...extensions,
    type,
    title,
    status,
    detail: problem.message,
    instance: `urn:alicerce:request:${requestId}`,
    ...(errors !== undefined && { errors }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(retryAfterSeconds !== undefined && { "retry-after": String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
      ...headers,
    },
  });
}
