import { oncePer } from "../../../engine/once-per.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { agents, bffs } from "../../../facts/workloads.ts";
import type { Subjects } from "../../../engine/rule.ts";
import type { StackIndex } from "../../../engine/stack-index.ts";

/** The agents of all tenants that run on EKS. */
export const agentsOnEks = subjects(() => ({ ...agents, types: [TYPE.deployment] }));

/** The agents of all tenants that AgentCore Runtime hosts. */
export const agentsOnRuntime = subjects(() => ({ ...agents, types: [TYPE.runtime] }));

/** The agents of all tenants, wherever they are hosted. */
export const allAgents = subjects(() => agents);

/** The BFFs of all tenants. */
export const allBffs = subjects(() => ({ ...bffs, types: [TYPE.deployment] }));

const byStack = oncePer((platform: Platform) => Map.groupBy(allAgents(platform), ({ stack }) => stack));

/** The agents of a stack, wherever they are hosted. */
export function agentsOf(stack: StackIndex, platform: Platform): readonly Placed[] {
  return byStack(platform).get(stack) ?? [];
}

/** All that runs as pods of tenants: the agents on EKS, and the BFFs. */
export function podsOnEks(platform: Platform): readonly Placed[] {
  return [...agentsOnEks(platform), ...allBffs(platform)];
}

/** All that gets tokens of its own: the agents wherever they are hosted, and the BFFs. */
export function allMachines(platform: Platform): readonly Placed[] {
  return [...allAgents(platform), ...allBffs(platform)];
}

function subjects(read: () => Subjects): (platform: Platform) => readonly Placed[] {
  return oncePer((platform) => {
    const { types, where } = read();
    return platform
      .ofType(...types)
      .filter(({ resource, stack }) => stack.tenant !== undefined && (where?.(resource, stack) ?? true));
  });
}
