/** Which traces of one tenant are wanted. */
export interface TraceQuery {
  readonly tenantId: string;
  readonly from: Date;
  readonly to: Date;
  /** `failed`: those with an error or a fault. */
  readonly outcome: "any" | "failed";
  readonly minDurationMs: number;
  readonly limit: number;
}

/** A trace in one line. */
export interface TraceSummary {
  /** In the form of X-Ray: `1-<8 hex digits>-<24 hex digits>`. */
  readonly id: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly outcome: Outcome;
  readonly services: readonly string[];
}

/** How something ended: `error` is the caller's fault (4xx), `throttled` is 429, `fault` is ours (5xx). */
export type Outcome = "ok" | "error" | "throttled" | "fault";

/** One piece of work within a trace. */
export interface Span {
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
  readonly startedAt: Date;
  /** Absent while it goes on. */
  readonly durationMs?: number;
  readonly outcome: Outcome;
  readonly httpStatus?: number;
  /** What went wrong, as the service told it: data, whatever it says. */
  readonly problem?: string;
}

/** The traces that were found, and whether there are more. */
export interface FoundTraces {
  readonly traces: readonly TraceSummary[];
  readonly isComplete: boolean;
}

/** Where the traces of a tenant's calls are. */
export interface TraceSource {
  list(query: TraceQuery, signal: AbortSignal): Promise<FoundTraces>;
  /** The spans of one trace in the order in which they began; undefined where the tenant has no such trace. */
  read(tenantId: string, traceId: string, signal: AbortSignal): Promise<readonly Span[] | undefined>;
}
