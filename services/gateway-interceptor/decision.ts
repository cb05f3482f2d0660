import type { AgentCaller } from "../../contracts/agents/caller.ts";
import type { DirectoryEntry, Tier } from "../../contracts/directory-entry.ts";
import type { Scenario } from "../../contracts/scenarios.ts";
import type { InterceptorCatalogue } from "../../contracts/interceptor-catalogue.ts";
import { TokenError } from "../libraries/service-kit/problem.ts";
import type { TenantContext } from "../libraries/service-kit/tenant-context.ts";
import type { VerifiedToken } from "../libraries/service-kit/tokens/token-claims.ts";
import type { TokenVerifier } from "../libraries/service-kit/tokens/token.ts";
import { traceOf, traceOfRequest } from "../libraries/service-kit/trace.ts";
import type { Trace } from "../libraries/service-kit/trace.ts";
import { accessOf, routeAccess } from "./catalogue.ts";
import type { Access } from "./catalogue.ts";
import type { TenantDirectory } from "./directory.ts";
import { isRecord } from "../../contracts/json.ts";
import { headerOf, headerValues } from "./messages/event.ts";
import type { GatewayRequest } from "./messages/event.ts";
import { requireHttpBody } from "./messages/http-body.ts";
import { readMessage } from "./messages/message.ts";
import type { Message } from "./messages/message.ts";
import { agentOf, type OnBehalfSources, personOf } from "./on-behalf.ts";
import { contextOf } from "./context.ts";
import type { Quota } from "./quota.ts";
import { RequestProblem } from "./messages/request-problem.ts";

/** What a decision is made with. */
export interface DecisionSources extends OnBehalfSources {
  readonly tenantId: string;
  readonly scenario: Scenario;
  readonly verify: TokenVerifier;
  readonly directory: TenantDirectory;
  readonly quota: Quota;
  readonly catalogue: InterceptorCatalogue;
}

/** What has been found out about a call: everything if it is allowed, as much as came before the problem if not. */
export interface Findings {
  readonly trace: Trace;
  readonly caller?: VerifiedToken;
  /** On whose behalf the caller calls. */
  readonly person?: AgentCaller | undefined;
  readonly tenant?: DirectoryEntry;
  readonly message?: Pick<Message, "id" | "method">;
  readonly access?: Access;
  readonly context?: TenantContext;
}

/** Findings as they are being made. */
type Draft = { -readonly [Finding in keyof Findings]: Findings[Finding] };

/** A request to decide on; without `isCounted` it draws on no quota. */
export interface Undecided {
  readonly kind: "mcp" | "http";
  readonly request: GatewayRequest;
  readonly rawBody: string | undefined;
  readonly requestId: string;
  readonly isCounted: boolean;
}

/** What was found out, and the problem if the call is refused. */
export interface Decision {
  readonly findings: Findings;
  /** All of the message, which is too large to be remembered. */
  readonly message?: Message;
  readonly problem?: unknown;
}

/** Decides on a call: who is it, what is wanted, is that allowed, is it within the quota; in this order, and never throws. */
export async function decide(call: Undecided, sources: DecisionSources): Promise<Decision> {
  const findings: Draft = { trace: traceIn(call) };
  let message: Message | undefined;
  try {
    findings.caller = await sources.verify(bearerToken(call.request));
    message = messageOf(call);
    if (message !== undefined) findings.message = { id: message.id, method: message.method };
    findings.access = accessTo(call, message, sources.catalogue);
    requireScope(findings.access, findings.caller);
    findings.tenant = await activeTenant(findings.caller, sources);
    findings.person = await personOf(call.request, findings.caller, sources);
    const parties = { caller: findings.caller, person: findings.person, agent: agentOf(sources, findings.caller) };
    findings.context = contextOf(parties, findings.tenant, call.requestId, findings.trace);
    requirePermission(findings.access, findings.context);
    if (call.isCounted) {
      const tier = findings.tenant.tiers[sources.scenario] ?? findings.tenant.tier;
      await sources.quota(holderOf(findings.context, tier), call.requestId, tier);
    }
    return { findings, ...(message && { message }) };
  } catch (problem) {
    return { findings, problem };
  }
}

/** An HTTP request has none: what its body means is the target's business. */
function messageOf({ kind, request, rawBody }: Undecided): Message | undefined {
  if (kind === "mcp") return readMessage(request, rawBody);
  requireHttpBody(request);
  return undefined;
}

function bearerToken({ headers }: GatewayRequest): string {
  const values = headerValues(headers, "authorization");
  if (values.length === 0) throw new TokenError("ERR_TOKEN_MISSING", "there is no Authorization header");
  const [value] = values;
  const token =
    values.length === 1 && typeof value === "string" ? /^Bearer +([^\s,]+) *$/i.exec(value)?.[1] : undefined;
  if (token !== undefined) return token;
  throw new TokenError("ERR_TOKEN_MALFORMED", "Authorization must be given once, as a bearer token");
}

/** The trace that a request says it is part of, or else one of its own. */
export function traceIn({ request, requestId }: Undecided): Trace {
  const params = isRecord(request.body) ? request.body["params"] : undefined;
  const meta = isRecord(params) ? params["_meta"] : undefined;
  const ofMessage = isRecord(meta) ? traceOf(meta["traceparent"]) : undefined;
  return ofMessage ?? traceOf(headerOf(request.headers, "traceparent")) ?? traceOfRequest(requestId);
}

function accessTo({ request }: Undecided, message: Message | undefined, catalogue: InterceptorCatalogue): Access {
  return message === undefined
    ? routeAccess(catalogue, request.httpMethod, request.path)
    : accessOf(catalogue, message);
}

function requireScope({ scope }: Access, caller: VerifiedToken): void {
  if (scope === undefined || caller.scopes.includes(scope)) return;
  const reason = `scope "${scope}" is not among "${caller.scopes.join(" ")}"`;
  throw new RequestProblem("ERR_SCOPE_INSUFFICIENT", reason, { field: "scope", scopes: [scope] });
}

/** A scope that the caller's token has and the context has not is one that the person lacks, which no other token would mend. */
function requirePermission({ scope, permission }: Access, { permissions = [], scopes }: TenantContext): void {
  if (scope !== undefined && !scopes.includes(scope))
    throw new RequestProblem("ERR_PERMISSION_MISSING", `the person lacks "${scope}"`, { field: "user_context" });
  if (permission === undefined || permissions.includes(permission)) return;
  const reason = `permission "${permission}" is not among "${permissions.join(" ")}"`;
  throw new RequestProblem("ERR_PERMISSION_MISSING", reason, { field: "user_context" });
}

async function activeTenant(caller: VerifiedToken, { directory, tenantId }: DecisionSources): Promise<DirectoryEntry> {
  if (caller.tenantId !== tenantId)
    throw new TokenError("ERR_TOKEN_TENANT", "token is of another tenant", { claim: "tenant_id" });
  const tenant = await directory(tenantId);
  if (tenant.status === "active") return tenant;
  throw new RequestProblem("ERR_TENANT_SUSPENDED", `tenant "${tenantId}" is ${tenant.status}`);
}

/** Where an agent calls for somebody, the quota is hers: an agent serves more people than one caller may call. */
function holderOf({ tenantId, clientId, userId, organizationId, actors }: TenantContext, { sharedBy }: Tier): string {
  if (sharedBy === "tenant") return tenantId;
  return `${tenantId} ${userId ?? (actors === undefined ? clientId : (organizationId ?? clientId))}`;
}
