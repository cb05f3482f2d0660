import { hash } from "node:crypto";

/** One position in a distributed trace (W3C Trace Context). */
export interface Trace {
  readonly traceparent: string;
  readonly traceId: string;
}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-0[0-3]$/;

/** Reads a `traceparent`; anything else than version 00, exactly written, is none. */
export function traceOf(value: unknown): Trace | undefined {
  if (typeof value !== "string") return undefined;
  const traceId = TRACEPARENT.exec(value)?.[1];
  return traceId === undefined ? undefined : { traceparent: value, traceId };
}

/** The trace that a request begins when it comes without one: the same each time that the request is tried again. */
export function traceOfRequest(requestId: string): Trace {
  const digest = hash("sha256", requestId, "hex");
  const traceId = digest.slice(0, 32);
  return { traceId, traceparent: `00-${traceId}-${digest.slice(32, 48)}-01` };
}
