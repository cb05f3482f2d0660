import { AUDIT_EVENT, type AuditLine } from "../../../contracts/records/audit-line.ts";
import type { LOG_STATUSES, ServiceLogLine } from "../../../contracts/records/log-line.ts";
import type { Classification } from "../../../contracts/classifications.ts";
import type { VerifiedToken } from "./tokens/token-claims.ts";

/** Who called: of a token what was verified, of another credential what names its holder. */
export type AuditedCaller = Pick<VerifiedToken, "clientId" | "scopes"> & Partial<VerifiedToken>;

/** What one call was and what became of it; there is no member for arguments, payloads or addresses of people. */
export interface AuditedCall {
  readonly at: number;
  /** Which process writes it. */
  readonly component: string;
  /** `AUDIT_EVENT` by default. */
  readonly event?: AuditLine["event_type"];
  readonly requestId: string;
  readonly correlationId: string;
  readonly tenantId: string;
  /** Absent if nobody could be established. */
  readonly caller?: AuditedCaller;
  readonly clientIp?: string;
  readonly serverName?: string;
  readonly method?: string;
  readonly resource?: string;
  readonly classification?: Classification;
  /** The code of the refusal, absent if the call was allowed. */
  readonly refusal?: string;
  readonly statusCode?: number;
  readonly responseSizeBytes?: number;
  readonly processingTimeMs?: number;
  readonly recordsReturned?: number;
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

const timeOf = (seconds: number | undefined): string | null =>
  seconds === undefined ? null : isoTime(seconds * 1_000);

/** The audit line of a call in the specification's schemas (sections 5.4 and 6.2); what is not known is null. */
export function auditLine(call: AuditedCall): string {
  const event = call.event ?? AUDIT_EVENT;
  return JSON.stringify({
    ...logLine(call, event),
    event_type: event,
    correlation_id: call.correlationId,
    request_id: call.requestId,
    decision: call.refusal === undefined ? "allowed" : "refused",
    refusal_code: call.refusal ?? null,
    client_context: clientContext(call),
    mcp_context: mcpContext(call),
    security_context: securityContext(call),
    response_context: {
      status_code: call.statusCode ?? null,
      response_size_bytes: call.responseSizeBytes ?? null,
      processing_time_ms: call.processingTimeMs ?? null,
      records_returned: call.recordsReturned ?? null,
    },
  } satisfies AuditLine);
}

/** What every line of a log has. */
function logLine(call: AuditedCall, event: string): ServiceLogLine {
  const status = statusOf(call);
  return {
    timestamp: isoTime(call.at),
    level: LEVELS[status],
    component: call.component,
    event,
    details: {
      client_id: call.caller?.clientId ?? null,
      mcp_server: call.serverName ?? null,
      method: call.method ?? null,
      duration_ms: call.processingTimeMs ?? null,
      status,
    },
  };
}

type Status = (typeof LOG_STATUSES)[number];

const LEVELS: Readonly<Record<Status, ServiceLogLine["level"]>> = { success: "INFO", refused: "WARN", failed: "ERROR" };

/** What the platform could not answer has failed; a refusal is an answer. */
function statusOf({ refusal, statusCode = 200 }: AuditedCall): Status {
  if (statusCode >= 500) return "failed";
  return refusal === undefined ? "success" : "refused";
}

function clientContext({ caller, tenantId, clientIp }: AuditedCall): AuditLine["client_context"] {
  return {
    agent_id: caller?.clientId ?? null,
    tenant_id: tenantId,
    user_id: caller?.userId ?? null,
    ...(clientIp !== undefined && { client_ip: clientIp }),
  };
}

function mcpContext({ serverName, method, resource, classification }: AuditedCall): AuditLine["mcp_context"] {
  return {
    server_name: serverName ?? null,
    method: method ?? null,
    resource_accessed: resource ?? null,
    data_classification: classification ?? null,
  };
}

function securityContext({ caller, refusal }: AuditedCall): AuditLine["security_context"] {
  if (caller === undefined) {
    return { token_issued_at: null, token_expires_at: null, token_id: null, scopes: [], permissions_validated: false };
  }
  return {
    token_issued_at: timeOf(caller.issuedAt),
    token_expires_at: timeOf(caller.expiresAt),
    token_id: caller.tokenId ?? null,
    scopes: caller.scopes,
    permissions_validated: refusal === undefined,
  };
}
