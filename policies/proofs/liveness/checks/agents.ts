import type { Placed, Platform } from "../../../engine/platform.ts";
import { TYPE } from "../../../facts/resource-types.ts";
import { agents } from "../../../facts/workloads.ts";
import type { Subjects } from "../../../engine/rule.ts";

/** The agents of all tenants that run on EKS. */
export function agentsOnEks(platform: Platform): readonly Placed[] {
  return subjects(platform, { ...agents, types: [TYPE.deployment] });
}

/** The agents of all tenants, wherever they are hosted. */
export function allAgents(platform: Platform): readonly Placed[] {
  return subjects(platform, agents);
}

function subjects(platform: Platform, { types, where }: Subjects): readonly Placed[] {
  return platform
    .ofType(...types)
    .filter(({ resource, stack }) => stack.tenant !== undefined && (where?.(resource, stack) ?? true));
}
