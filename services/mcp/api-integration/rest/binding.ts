/** Where an argument goes in a request. */
export interface Binding {
  /** The argument. */
  readonly name: string;
  readonly in: "body" | "header" | "member" | "path" | "query";
  /** What the backend calls it. */
  readonly wireName: string;
  /** Whether a list is sent as one value with commas; otherwise the name is repeated. */
  readonly isJoined?: boolean;
}

/** An operation over HTTP, whatever language described it. */
export interface RestOperation {
  readonly method: "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT";
  /** `/orders/{orderId}`, as the description has it. */
  readonly path: string;
  /** Query parameters that never change. */
  readonly fixedQuery: readonly (readonly [name: string, value: string])[];
  /** `body` is the body; each `member` is one of its members. */
  readonly bindings: readonly Binding[];
  /** The argument by which the backend knows a request that it has seen; made up for a caller who gives none. */
  readonly idempotencyKey?: string;
  /** Whether the description promises that doing it twice is harmless, besides what its method promises. */
  readonly isIdempotent: boolean;
}

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a method only reads (RFC 9110, 9.2.1). */
export function isReadMethod(method: RestOperation["method"]): boolean {
  return READS.has(method);
}

/** The arguments named in braces in a path. */
export function pathArguments(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
}
