import { A2A_AUDIT_EVENT } from "../../../contracts/records/audit-line.ts";
import { auditLine } from "../service-kit/audit-line.ts";
import type { VerifiedToken } from "../service-kit/tokens/token.ts";
import type { Identified } from "./identities.ts";

/** What became of one request to an agent. */
export interface AgentRequest {
  readonly at: number;
  readonly endedAt: number;
  readonly agent: string;
  readonly tenantId: string;
  readonly requestId: string;
  readonly correlationId: string;
  /** Absent where one of the identities was refused. */
  readonly identified?: Identified;
  readonly method?: string;
  readonly refusal?: string;
  readonly statusCode: number;
}

/** The audit line of a request: the workload that called, on whose behalf by an opaque id, and the decision; no word of the message. */
export function agentAuditLine({ agent, identified, endedAt, method, refusal, ...rest }: AgentRequest): string {
  const caller = identified === undefined ? undefined : callerOf(identified, rest.at);
  return auditLine({
    ...rest,
    component: agent,
    event: A2A_AUDIT_EVENT,
    serverName: agent,
    processingTimeMs: endedAt - rest.at,
    ...(caller !== undefined && { caller }),
    ...(method !== undefined && { method }),
    ...(refusal !== undefined && { refusal }),
  });
}

/** A workload that AWS verified is named by the client of the BFF, which the context token says. */
function callerOf({ workload, caller }: Identified, at: number): VerifiedToken {
  const { clientId, scopes, userId, organizationId, tenantId } = caller;
  const now = Math.floor(at / 1_000);
  const by = workload ?? { issuer: "aws", clientId, issuedAt: now, expiresAt: now };
  return {
    issuer: by.issuer,
    tenantId,
    clientId: by.clientId,
    ...(userId !== undefined && { userId }),
    ...(organizationId !== undefined && { organizationId }),
    scopes,
    issuedAt: by.issuedAt,
    expiresAt: by.expiresAt,
  };
}
