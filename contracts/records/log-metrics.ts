import { type BffScenario } from "../bff/hosts.ts";
import { COUNTED_PATHS } from "../bff/paths.ts";
import { A2A_AUDIT_EVENT, BFF_AUDIT_EVENT } from "./audit-line.ts";
import { LOG_KEY } from "./container-logs.ts";
import { BUSINESS_METRICS, IDENTITY_METRICS, WORKLOAD_METRICS } from "./metrics.ts";

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

/** A metric of the business, and the BFF in whose lines it is counted. */
export interface BusinessMetric extends LogMetric {
  readonly scenario: BffScenario;
}

/** Requests of one path that are to begin something, by tenant and outcome: nobody is named, and no business with few customers is told apart. */
const business = (scenario: BffScenario, path: string): BusinessMetric => ({
  scenario,
  namespace: BUSINESS_METRICS,
  dimensions: { tenant: line("client_context.tenant_id"), outcome: line("decision") },
  pattern: `{ (${line("event_type")} = "${BFF_AUDIT_EVENT}") && (${line("mcp_context.method")} = "POST") && (${line("mcp_context.resource_accessed")} = "${path}") }`,
  value: "1",
  unit: "Count",
});

/** What a business counts in the audit lines of its BFFs, by the name of the metric. */
export const BUSINESS_LOG_METRICS = {
  Chats: business("b2c", COUNTED_PATHS.chats),
  Orders: business("b2b", COUNTED_PATHS.orders),
  Batches: business("b2b", COUNTED_PATHS.batches),
} as const satisfies Readonly<Record<string, BusinessMetric>>;

/** Lines of Keycloak's log of events, whose text begins with their type in quotes (`JBossLoggingEventListenerProvider`); a regex has no sign for a quote. */
const event = (...types: readonly string[]): LogMetric => ({
  namespace: IDENTITY_METRICS,
  dimensions: {},
  pattern: `{ (${line("loggerName")} = "org.keycloak.events") && (${line("message")} = %${types.map((it) => `^type=.${it}.,`).join("|")}%) }`,
  value: "1",
  unit: "Count",
});

/** What is counted in the log of Keycloak, by the name of the metric: the events say whose they are in their text alone, so that no tenant is told apart. */
export const IDENTITY_LOG_METRICS = {
  SignIns: event("LOGIN"),
  SignInFailures: event("LOGIN_ERROR"),
  Tokens: event("CODE_TO_TOKEN", "REFRESH_TOKEN"),
} as const satisfies Readonly<Record<string, LogMetric>>;
