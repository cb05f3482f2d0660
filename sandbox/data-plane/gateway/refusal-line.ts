import type { JWTPayload } from "jose";
import { auditLine } from "../../../services/libraries/service-kit/audit-line.ts";
import { PROFILES, type ProfileName } from "../../../services/libraries/service-kit/tokens/token-profile.ts";
import type { RefusedRequest } from "./arrival.ts";

/** Whose gateway refused something. */
export interface RefusalPlace {
  readonly tenantId: string;
  /** Whether the tenant's people are under the GDPR: then no address is kept. */
  readonly isGdpr: boolean;
  readonly profile: ProfileName;
  readonly scopePrefix: string;
}

/** The audit line of a request that was refused before the interceptor saw it, in the schema of all audit lines. */
export function refusalLine(refusal: RefusedRequest, { tenantId, isGdpr, profile, scopePrefix }: RefusalPlace): string {
  const { at, requestId, traceId, code, statusCode, durationMs, caller, sourceIp } = refusal;
  const { clientClaim, scope } = PROFILES[profile];
  const claims: JWTPayload = caller?.claims ?? {};
  const { [clientClaim]: clientId, scope: scopes = "", iat = 0, exp = 0, iss = "" } = claims;
  const held = String(scopes)
    .split(" ")
    .map((it) => scope(it, scopePrefix))
    .filter((it) => it !== undefined);
  return auditLine({
    at,
    component: "gateway",
    requestId,
    correlationId: traceId,
    tenantId,
    ...(caller !== undefined && {
      caller: { issuer: iss, tenantId, clientId: String(clientId), scopes: held, issuedAt: iat, expiresAt: exp },
    }),
    ...(!isGdpr && sourceIp !== undefined && { clientIp: sourceIp }),
    refusal: code,
    statusCode,
    processingTimeMs: durationMs,
  });
}
