import type { IncomingMessage } from "node:http";
import type { Problem } from "../../../services/libraries/service-kit/problem.ts";
import { traceOf, traceOfRequest } from "../../../services/libraries/service-kit/trace.ts";
import type { Caller } from "./authorizer.ts";

/** What is known of a request from its arrival until the interceptor sees it. */
export interface Arrival {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly requestId: string;
  readonly traceId: string;
  readonly sourceIp?: string;
  readonly resourceMetadataUrl: string;
  /** Set once the authorizer has let it in. */
  caller?: Caller;
}

/** A request that was refused before the interceptor saw it; there is no member for anything that it says. */
export interface RefusedRequest extends Omit<Arrival, "resourceMetadataUrl"> {
  readonly code: string;
  readonly statusCode: number;
  readonly durationMs: number;
}

/** A request as it comes in; whoever brings its own trace keeps it. */
export function arrivalOf({ headers, socket }: IncomingMessage, resourceMetadataUrl: string): Arrival {
  const requestId = crypto.randomUUID();
  const { traceId } = traceOf(headers["traceparent"]) ?? traceOfRequest(requestId);
  const { remoteAddress: sourceIp } = socket;
  return { at: Date.now(), requestId, traceId, resourceMetadataUrl, ...(sourceIp !== undefined && { sourceIp }) };
}

/** What is recorded of a refusal. */
export function refusedRequest(arrival: Arrival, { code }: Problem, statusCode: number): RefusedRequest {
  const { at, requestId, traceId, sourceIp, caller } = arrival;
  const known = { ...(sourceIp !== undefined && { sourceIp }), ...(caller !== undefined && { caller }) };
  return { at, requestId, traceId, ...known, code, statusCode, durationMs: Math.max(0, Date.now() - at) };
}
