import { agentSource, bffSource } from "../bff/events.ts";
import type { AgentName } from "./names.ts";

/** Which events somebody hears: by whom they are put on the bus, and of which type; of every type without. */
export interface HeardKind {
  readonly from: string;
  readonly type?: string;
}

/** What an agent hears, and the types of what it says. */
export interface AgentEvents {
  readonly hears: readonly (HeardKind & { readonly type: string })[];
  readonly tells: readonly string[];
}

/** The types of the events by which records of partners go from step to step; `sent` is what a partner's own event becomes. */
export const RECORDS = {
  sent: "partner.records.sent",
  validated: "records.validated",
  processed: "records.processed",
} as const;

/** The agents that work together by events, none of them knowing who listens (specification, "Coreografia"); all others hear and say nothing. */
export const AGENT_EVENTS: Readonly<Partial<Record<AgentName, AgentEvents>>> = {
  "integration-processor": {
    hears: [{ from: bffSource("b2b"), type: RECORDS.sent }],
    tells: [RECORDS.validated, RECORDS.processed],
  },
  "data-transformer": {
    hears: [{ from: agentSource("integration-processor"), type: RECORDS.validated }],
    tells: [RECORDS.processed],
  },
};

/** What the agent of a name hears and says; nothing where it is none of those. */
export function eventsOf(agent: string): AgentEvents | undefined {
  const all: Readonly<Record<string, AgentEvents>> = AGENT_EVENTS;
  return Object.hasOwn(all, agent) ? all[agent] : undefined;
}
