import type { AgentName } from "../../../contracts/agents/names.ts";
import type { Scenario } from "../../../contracts/scenarios.ts";
import type { AgentClient } from "../agent-client/agent-client.ts";
import type { AgentDescription } from "../agent-host/card.ts";
import type { AgentLimits } from "../agent-host/limits.ts";
import type { AgentWork } from "../agent-host/turn.ts";
import type { Memory } from "../agent-loop/memory.ts";
import type { Script } from "../agent-loop/model/scripted-model.ts";
import type { ModelledAgent } from "../agent-loop/agent-work.ts";
import type { EventDraft, TenantEvent } from "../events/tenant-event.ts";
import type { GatewayClient } from "../gateway-client/gateway-client.ts";

/** What an agent is made with: what it may call, each as itself. */
export interface AgentParts {
  /** The gateway of a scenario, or nothing where the tenant has none. */
  readonly gateway: (scenario: Scenario) => Pick<GatewayClient, "listTools" | "callTool"> | undefined;
  readonly peer: (name: AgentName) => AgentClient;
  /** Makes the model that the deployment chose; `script` is what stands in for it on a laptop. */
  readonly model: (script: Script) => ModelledAgent["model"];
  readonly memory: Memory;
  readonly log: (fields: object) => void;
}

/**
 * What an agent says once it has heard an event: it calls nobody, so that the event is remembered together with what is said, and each
 * is said once, however often the event comes. An `EventError` makes the event a dead letter; anything else lets it come again.
 */
export type Reaction = (event: TenantEvent) => readonly Omit<EventDraft, "source">[];

/** An agent: what it says of itself, and how it is made. */
export interface AgentDefinition {
  readonly description: AgentDescription & { readonly name: AgentName };
  readonly limits?: Partial<AgentLimits>;
  readonly work: (parts: AgentParts) => AgentWork;
  /** What it does with the events that it hears, by their types: those of `AGENT_EVENTS`. */
  readonly reactions?: Readonly<Record<string, Reaction>>;
}
