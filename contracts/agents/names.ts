import type { CallerKind } from "./caller.ts";
import type { Scenario } from "../scenarios.ts";

/** How an agent works: it directs others, it answers about its own subject, or it is a step of a pipeline (specification, "AI Agents"). */
export type AgentPattern = "orchestration" | "specialist" | "pipeline";

/** What everybody who calls an agent must know of it. */
export interface AgentKind {
  /** The scenarios whose gateways it calls. */
  readonly scenarios: readonly Scenario[];
  readonly pattern: AgentPattern;
  /** On behalf of whom it may call a gateway; of nobody else. */
  readonly actsFor: readonly CallerKind[];
  /** The agents that it calls. */
  readonly calls: readonly string[];
}

/** The agents of a tenant, by name; the name is also the host at which it is found, and the folder of its code. */
export const AGENTS = {
  coordinator: {
    scenarios: ["b2c", "b2b"],
    pattern: "orchestration",
    actsFor: [],
    calls: ["customer-support", "product-recommendation"],
  },
  "customer-support": { scenarios: ["b2c"], pattern: "specialist", actsFor: ["consumer"], calls: [] },
  "product-recommendation": { scenarios: ["b2c"], pattern: "specialist", actsFor: ["consumer"], calls: [] },
  "integration-processor": {
    scenarios: ["b2b"],
    pattern: "pipeline",
    actsFor: ["partner"],
    calls: ["data-transformer"],
  },
  "data-transformer": { scenarios: ["b2b"], pattern: "pipeline", actsFor: [], calls: [] },
} as const satisfies { readonly [name: string]: AgentKind };

/** The name of one of `AGENTS`. */
export type AgentName = keyof typeof AGENTS;

/** The agents that the agent of a name calls; none where there is no such agent. */
export function calledBy(name: string): readonly string[] {
  const agents: Readonly<Record<string, AgentKind>> = AGENTS;
  return Object.hasOwn(agents, name) ? (agents[name]?.calls ?? []) : [];
}

/** On behalf of whom the agent of a name may call a gateway; of nobody where there is no such agent. */
export function actsFor(name: string): readonly CallerKind[] {
  const agents: Readonly<Record<string, AgentKind>> = AGENTS;
  return Object.hasOwn(agents, name) ? (agents[name]?.actsFor ?? []) : [];
}
