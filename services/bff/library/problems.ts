/** A kind of problem that a BFF tells its clients: the status code, and what it is in general. */
interface ProblemKind {
  readonly status:
    400 | 401 | 403 | 404 | 405 | 406 | 408 | 409 | 410 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 502 | 503 | 504;
  readonly title: string;
  /** A URI of a registry, for kinds that others have defined; else it is a URN made from the code. */
  readonly type?: string;
}

/** The kinds of problems of both BFFs, by their stable codes. */
export const PROBLEMS = {
  "bad-request": { status: 400, title: "The request cannot be read" },
  unauthenticated: { status: 401, title: "It is not known who calls" },
  forbidden: { status: 403, title: "The caller may not do this" },
  "cross-site": { status: 403, title: "The request was not made by a page of this site" },
  "not-found": { status: 404, title: "There is nothing at this address" },
  "method-not-allowed": { status: 405, title: "The resource does not have this method" },
  "not-acceptable": { status: 406, title: "There is no such representation" },
  "request-timeout": { status: 408, title: "The request took too long to arrive" },
  conflict: { status: 409, title: "The request contradicts the state of the resource" },
  gone: { status: 410, title: "The resource is no longer there" },
  "precondition-failed": { status: 412, title: "The resource has changed meanwhile" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The body is of a type that is not served" },
  invalid: { status: 422, title: "The request can be read, and says something that is not allowed" },
  "precondition-required": { status: 428, title: "The request must say on which state it is based" },
  // draft-ietf-httpapi-ratelimit-headers-11, section 9.2.1.
  "limit-reached": {
    status: 429,
    title: "The quota is used up",
    type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
  },
  internal: { status: 500, title: "Something failed here" },
  "agent-failed": { status: 502, title: "The agent gave no answer that can be used" },
  unavailable: { status: 503, title: "A part that is needed does not answer; try again later" },
  "agent-timeout": { status: 504, title: "The agent took too long" },
} as const satisfies { readonly [code: string]: ProblemKind };

/** The stable code of a problem. */
export type ProblemCode = keyof typeof PROBLEMS;

/** The kind of a problem. */
export function problemKind(code: ProblemCode): ProblemKind {
  return PROBLEMS[code];
}
