import type { Placed, Platform } from "../../../engine/platform.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { agents, bffs } from "../../../facts/workloads.ts";
import type { Subjects } from "../../../engine/rule.ts";

/** The agents of all tenants that run on EKS. */
export function agentsOnEks(platform: Platform): readonly Placed[] {
  return subjects(platform, { ...agents, types: [TYPE.deployment] });
}

/** The agents of all tenants that AgentCore Runtime hosts. */
export function agentsOnRuntime(platform: Platform): readonly Placed[] {
  return subjects(platform, { ...agents, types: [TYPE.runtime] });
}

/** The agents of all tenants, wherever they are hosted. */
export function allAgents(platform: Platform): readonly Placed[] {
  return subjects(platform, agents);
}

/** The BFFs of all tenants. */
export function allBffs(platform: Platform): readonly Placed[] {
  return subjects(platform, { ...bffs, types: [TYPE.deployment] });
}

/** All that runs as pods of tenants: the agents on EKS, and the BFFs. */
export function podsOnEks(platform: Platform): readonly Placed[] {
  return [...agentsOnEks(platform), ...allBffs(platform)];
}

/** All that gets tokens of its own: the agents wherever they are hosted, and the BFFs. */
export function allMachines(platform: Platform): readonly Placed[] {
  return [...allAgents(platform), ...allBffs(platform)];
}

function subjects(platform: Platform, { types, where }: Subjects): readonly Placed[] {
  return platform
    .ofType(...types)
    .filter(({ resource, stack }) => stack.tenant !== undefined && (where?.(resource, stack) ?? true));
}
