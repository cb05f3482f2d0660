import { AGENTS, type Release } from "../../../releases/releases.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import { runtimeName } from "../../../components/compute/runtime-name.ts";

/** An agent that serves a tenant, and the scenarios in which it does. */
export interface Agent {
  readonly name: string;
  readonly release: Release;
  readonly scenarios: readonly Scenario[];
}

/** The agents that serve any of these scenarios. */
export function agentsOf(scenarios: readonly Scenario[]): readonly Agent[] {
  return Object.entries(AGENTS)
    .map(([name, it]) => ({ ...it, name, scenarios: it.scenarios.filter((scenario) => scenarios.includes(scenario)) }))
    .filter((it) => it.scenarios.length > 0);
}

/** The name under which an agent's images are kept and its resources are registered. */
export function agentService({ name }: Agent): string {
  return `agent-${name}`;
}

/** The name of a tenant's agent on AgentCore Runtime. */
export function agentRuntimeName(tenant: string, { name, release }: Agent): string {
  return runtimeName(tenant, name, release.version);
}
