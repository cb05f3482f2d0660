import type { AgentCaller } from "../../contracts/agents/caller.ts";
import type { DirectoryEntry } from "../../contracts/directory-entry.ts";
import { PERMISSIONS } from "../../contracts/identity/permissions.ts";
import type { ClientMetadata, TenantContext } from "../libraries/service-kit/tenant-context.ts";
import type { VerifiedToken } from "../libraries/service-kit/tokens/token-claims.ts";
import type { Trace } from "../libraries/service-kit/trace.ts";
import type { AgentOfGateway } from "./on-behalf.ts";
import { covered, kindOf, permissionsOf } from "./permissions.ts";

/** Who takes part in a call: the client, what the deployment says of it, and the person on whose behalf it calls. */
export interface Parties {
  readonly caller: VerifiedToken;
  readonly agent: AgentOfGateway | undefined;
  readonly person: AgentCaller | undefined;
}

/** What a server is told of a call: who acts for whom, and what all of them may. */
export function contextOf(
  parties: Parties,
  tenant: DirectoryEntry,
  requestId: string,
  { traceId }: Trace,
): TenantContext {
  const { caller, agent } = parties;
  return {
    tenantId: caller.tenantId,
    clientId: caller.clientId,
    ...(agent !== undefined && { client: metadataOf(agent) }),
    ...subjectOf(parties, tenant),
    requestId,
    correlationId: traceId,
  };
}

function metadataOf({ agentType, version, deploymentEnv }: AgentOfGateway): ClientMetadata {
  return { agentType, version, deploymentEnv };
}

type Subject = Omit<TenantContext, "tenantId" | "clientId" | "requestId" | "correlationId">;

function subjectOf({ caller, agent, person }: Parties, tenant: DirectoryEntry): Subject {
  if (person !== undefined) return subjectBehind(caller, person, tenant);
  const organizationId = caller.organizationId ?? tenant.organizationId;
  return {
    ...(organizationId !== undefined && { organizationId }),
    ...(caller.userId !== undefined && { userId: caller.userId }),
    kind: kindOf(caller),
    roles: caller.roles ?? [],
    ...(caller.department !== undefined && { department: caller.department }),
    permissions: agent === undefined ? permissionsOf(caller, tenant) : covered(tenant.agents, caller.scopes),
    scopes: caller.scopes,
  };
}

/** What is true of the person, as far as the agent holds it, too. Her rights on data go on; the platform's permissions are not a BFF's to give. */
function subjectBehind(caller: VerifiedToken, person: AgentCaller, tenant: DirectoryEntry): Subject {
  const scopes = caller.scopes.filter((it) => person.scopes.includes(it));
  const rights = person.permissions.filter((it) => !PERMISSIONS.some((known) => known === it));
  const permissions = [...permissionsOf({ ...person, scopes }, tenant, person.kind), ...rights];
  const organizationId = person.organizationId ?? tenant.organizationId;
  return {
    ...(organizationId !== undefined && { organizationId }),
    ...(person.userId !== undefined && { userId: person.userId }),
    kind: person.kind,
    roles: person.roles,
    ...(person.department !== undefined && { department: person.department }),
    permissions: [...new Set(permissions)].toSorted(),
    scopes,
    actors: [caller.clientId, person.clientId],
  };
}
