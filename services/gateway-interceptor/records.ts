import { type AuditedCall, auditLine } from "../libraries/service-kit/audit-line.ts";
import { GATEWAY_METRICS, METRICS } from "../../contracts/records/metrics.ts";
import { metricsLine } from "../libraries/service-kit/metrics.ts";
import type { Findings } from "./decision.ts";

/** How a call ended, as far as it is known. */
export interface Outcome {
  readonly refusal?: string;
  readonly statusCode?: number;
  readonly body?: unknown;
  readonly records?: number;
}

/** A call that is to be written down. */
export interface RecordedCall {
  readonly requestId: string;
  readonly sourceIp: string | undefined;
  readonly tenantId: string;
  readonly scenario: string;
  readonly findings: Findings;
  readonly outcome: Outcome;
  readonly at: number;
  readonly durationMs: number;
  /** Of which this much went by until the call was decided. */
  readonly decisionMs: number;
}

/** Who writes the audit lines. */
const WRITER = { component: "gateway-interceptor" } as const;

const OF_GATEWAYS = METRICS[GATEWAY_METRICS];

/** Writes the audit line and the metrics of a call. */
export function record(call: RecordedCall, write: (line: string) => void): void {
  const { requestId, tenantId, scenario, findings, outcome, at, durationMs, decisionMs } = call;
  write(
    auditLine({
      ...{ ...WRITER, at, requestId, tenantId },
      correlationId: findings.trace.traceId,
      processingTimeMs: durationMs,
      ...whoAndWhat(call),
      ...outcomeFields(outcome),
    }),
  );
  const duration = { value: durationMs, unit: "Milliseconds" } as const;
  const isFailure = outcome.statusCode !== undefined && outcome.statusCode >= 500;
  write(
    metricsLine({
      namespace: GATEWAY_METRICS,
      at,
      dimensions: { tenant: tenantId, scenario, decision: outcome.refusal ?? "allowed" },
      sets: OF_GATEWAYS.Calls,
      values: {
        Calls: { value: 1, unit: "Count" },
        Failures: { value: isFailure ? 1 : 0, unit: "Count" },
        Duration: duration,
        AgentGatewayLatency: { value: decisionMs, unit: "Milliseconds" },
      },
    }),
  );
  const { server } = findings.access ?? {};
  if (server === undefined || outcome.refusal !== undefined) return;
  write(
    metricsLine({
      namespace: GATEWAY_METRICS,
      at,
      dimensions: { tenant: tenantId, scenario, MCPServer: server, Operation: findings.message?.method ?? "request" },
      sets: OF_GATEWAYS.GatewayMCPLatency,
      values: { GatewayMCPLatency: duration },
    }),
  );
}

function whoAndWhat({ findings, sourceIp }: RecordedCall): Partial<AuditedCall> {
  const { tenant } = findings;
  const caller = auditedCaller(findings);
  // An address may only be kept once the directory says that the tenant's people are not under the GDPR.
  const mayKeepAddress = tenant?.isGdpr === false && sourceIp !== undefined;
  return { ...(caller && { caller }), ...(mayKeepAddress && { clientIp: sourceIp }), ...what(findings) };
}

/** The client that called, for the person on whose behalf it did, with what it could do for her. */
function auditedCaller({ caller, person, context }: Findings): Findings["caller"] {
  if (caller === undefined || person === undefined || context === undefined) return caller;
  const { userId, organizationId, scopes } = context;
  return {
    ...caller,
    ...(userId !== undefined && { userId }),
    ...(organizationId !== undefined && { organizationId }),
    scopes,
  };
}

/** A method is only known to be one, and not the caller's prose, when it has been found in the tables. */
function what({ message, access }: Findings): Partial<AuditedCall> {
  if (access === undefined) return {};
  return {
    ...(message && { method: message.method }),
    ...(access.server !== undefined && { serverName: access.server }),
    ...(access.resource !== undefined && { resource: access.resource }),
    ...(access.classification !== undefined && { classification: access.classification }),
  };
}

function outcomeFields({ refusal, statusCode, body, records }: Outcome): Partial<AuditedCall> {
  return {
    ...(refusal !== undefined && { refusal }),
    ...(statusCode !== undefined && { statusCode }),
    ...(body !== undefined && { responseSizeBytes: Buffer.byteLength(JSON.stringify(body)) }),
    ...(records !== undefined && { recordsReturned: records }),
  };
}
