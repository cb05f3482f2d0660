import { type RunningAgents, tenantAgents } from "./agents/workloads.ts";
import { type RunningBffs, tenantBffs } from "./bff/workloads.ts";
import type { ProtectedContext } from "./protection.ts";

/** What runs for a tenant beside its MCP servers. */
export interface TenantWorkloads {
  readonly agents: RunningAgents;
  readonly bffs: RunningBffs;
}

/** Runs the agents of a tenant, and the BFFs that call them. */
export function tenantWorkloads(context: ProtectedContext): TenantWorkloads {
  const agents = tenantAgents(context);
  return { agents, bffs: tenantBffs(context, agents) };
}
