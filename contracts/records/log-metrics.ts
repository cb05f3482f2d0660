import { A2A_AUDIT_EVENT, BFF_AUDIT_EVENT } from "./audit-line.ts";
import { LOG_KEY } from "./container-logs.ts";
import { WORKLOAD_METRICS } from "./metrics.ts";

/** A metric that CloudWatch Logs counts in the lines of a log group. */
export interface LogMetric {
  readonly namespace: string;
  /** Which lines count (CloudWatch Logs user guide, "Filter pattern syntax"). */
  readonly pattern: string;
  readonly value: string;
  readonly unit: "Count" | "Milliseconds";
  /** By name, where a line says what each is. */
  readonly dimensions: Readonly<Record<string, string>>;
}

const line = (field: string): string => `$.${LOG_KEY}.${field}`;

const AUDITED = [A2A_AUDIT_EVENT, BFF_AUDIT_EVENT].map((it) => `(${line("event_type")} = "${it}")`).join(" || ");

const OF_WORKLOADS = {
  namespace: WORKLOAD_METRICS,
  dimensions: { tenant: line("client_context.tenant_id"), workload: line("component") },
} as const;

/** What is counted in the audit lines of the agents and BFFs of a namespace, by the name of the metric. */
export const LOG_METRICS = {
  Calls: { ...OF_WORKLOADS, pattern: `{ ${AUDITED} }`, value: "1", unit: "Count" },
  Failures: {
    ...OF_WORKLOADS,
    pattern: `{ (${AUDITED}) && (${line("response_context.status_code")} >= 500) }`,
    value: "1",
    unit: "Count",
  },
  Duration: {
    ...OF_WORKLOADS,
    pattern: `{ ${AUDITED} }`,
    value: line("response_context.processing_time_ms"),
    unit: "Milliseconds",
  },
} as const satisfies Readonly<Record<string, LogMetric>>;
