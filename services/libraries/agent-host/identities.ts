import type { IncomingHttpHeaders } from "node:http";
import { type AgentCaller, agentCallerSchema } from "../../../contracts/agents/caller.ts";
import { AGENT_HEADER } from "../../../contracts/agents/identity.ts";
import { TokenError } from "../service-kit/problem.ts";
import type { CallerContext } from "../service-kit/tenant-context.ts";
import type { VerifiedToken } from "../service-kit/tokens/token.ts";

/** What verifies the two identities of a call. */
export interface Identities {
  readonly tenantId: string;
  /** The workload that calls; absent where AWS verified its signature before the call came here (AgentCore Runtime, SigV4). */
  readonly verifyWorkload?: (token: string) => Promise<VerifiedToken>;
  /** The person or partner on whose behalf. */
  readonly verifyContext: (token: string) => Promise<CallerContext>;
}

/** Both identities of a call, verified. */
export interface Identified {
  readonly workload?: VerifiedToken;
  readonly caller: AgentCaller;
  /** The context token as it came. */
  readonly userContext: string;
}

const CONTEXT = AGENT_HEADER.userContext.toLowerCase();

/** Who calls, and on whose behalf; throws `TokenError` unless both are shown and are of the host's tenant. */
export async function identified(headers: IncomingHttpHeaders, identities: Identities): Promise<Identified> {
  const workload = await workloadOf(headers, identities);
  const userContext = headers[CONTEXT];
  if (typeof userContext !== "string" || userContext === "")
    throw new TokenError("ERR_TOKEN_MISSING", "no context token");
  const caller = agentCallerSchema.safeParse({
    roles: [],
    permissions: [],
    ...(await identities.verifyContext(userContext)),
  });
  if (!caller.success) {
    const claim = String(caller.error.issues[0]?.path[0]);
    throw new TokenError("ERR_TOKEN_CLAIM", `context token: ${claim} does not say who calls`, { claim });
  }
  return { ...(workload !== undefined && { workload }), caller: caller.data, userContext };
}

async function workloadOf(
  { authorization }: IncomingHttpHeaders,
  { tenantId, verifyWorkload }: Identities,
): Promise<VerifiedToken | undefined> {
  if (verifyWorkload === undefined) return undefined;
  const token = /^Bearer ([^\s,]+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw new TokenError("ERR_TOKEN_MISSING", "no token of a workload");
  const workload = await verifyWorkload(token);
  if (workload.tenantId === tenantId) return workload;
  throw new TokenError("ERR_TOKEN_TENANT", "the workload is of another tenant", { claim: "tenant_id" });
}

/** Whose tasks and conversations they are: one text for each person, partner or machine of a tenant. */
export function ownerOf({ kind, organizationId, userId, clientId }: AgentCaller): string {
  return JSON.stringify([kind, organizationId ?? null, userId ?? null, userId === undefined ? clientId : null]);
}
