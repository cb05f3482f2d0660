import { type AgentEvents, eventsOf } from "../../../contracts/agents/choreography.ts";
import { agentSource } from "../../../contracts/bff/events.ts";
import type { AgentLog } from "../agent-host/executor.ts";
import type { EventBus, EventQueue, Outbox } from "../events/bus.ts";
import type { Consumed } from "../events/consumed.ts";
import { runConsumer } from "../events/consumer.ts";
import { EventError } from "../events/event-error.ts";
import { agentEvent, eventVerifier, type EventVerifier } from "../events/event-signature.ts";
import { runRelay } from "../events/relay.ts";
import type { TenantEvent } from "../events/tenant-event.ts";
import type { AgentDefinition } from "./agent-definition.ts";

/** What carries an agent's events, and keeps what it has heard together with what it says of it. */
export interface ChoreographyStores {
  readonly queue: EventQueue;
  /** Remembers an event and says what follows from it in one transaction; neither, if it was heard before. */
  readonly hear: (event: TenantEvent, said: (event: TenantEvent) => readonly TenantEvent[]) => Promise<Consumed>;
  /** Where what is said waits for the bus; absent where the bus is in the same database. */
  readonly relay?: { readonly outbox: Outbox; readonly bus: EventBus; readonly idleMs: number };
}

/** Whose events an agent hears. */
export interface ChoreographyOptions {
  readonly tenantId: string;
  /** By which the events of the tenant's BFFs are verified. */
  readonly publicKeys: readonly string[];
  readonly stores: ChoreographyStores;
  readonly log: AgentLog;
}

/** An agent that hears events, until it is stopped: what it has begun is finished. */
export interface Choreography {
  stop(): Promise<void>;
}

/** Lets an agent hear the events of its contract. Throws `TypeError` for an agent without one, or without a reaction to each. */
export function startChoreography(definition: AgentDefinition, options: ChoreographyOptions): Choreography {
  const { name } = definition.description;
  const events = eventsOf(name);
  const unanswered = events?.hears.find(({ type }) => definition.reactions?.[type] === undefined);
  if (events === undefined || unanswered !== undefined)
    throw new TypeError(`${name} has no reaction to ${unanswered?.type ?? "any event"}`);
  const { stores, log } = options;
  const onOutcome = (outcome: string, error?: unknown): void => {
    if (error !== undefined) log.warn({ outcome, error }, "event was not worked on");
  };
  const onFault = (error: unknown): void => log.error({ error }, "what was said waits");
  const said = saidBy(definition, events, options.tenantId);
  const ending = new AbortController();
  const { signal } = ending;
  const running = [
    runConsumer(
      { queue: stores.queue, verify: heardBy(events, options), consume: (it) => stores.hear(it, said), onOutcome },
      signal,
    ),
    ...(stores.relay === undefined ? [] : [runRelay({ ...stores.relay, onFault }, signal)]),
  ];
  return {
    stop: async () => {
      ending.abort();
      await Promise.all(running);
    },
  };
}

/** Verifies an event, and that it is one of those that the agent hears: whatever a rule lets into its queue, it does nothing else. */
function heardBy({ hears }: AgentEvents, { tenantId, publicKeys }: ChoreographyOptions): EventVerifier {
  const verify = eventVerifier({ tenantId, publicKeys });
  return (text, teller) => {
    const event = verify(text, teller);
    if (!hears.some(({ from, type }) => from === teller && type === event.type))
      throw new EventError("ERR_EVENT_UNEXPECTED", "of a kind that this agent does not hear", { field: "type" });
    return event;
  };
}

/** What an agent says of an event, in its own name and of the types of its contract alone. */
function saidBy({ description, reactions }: AgentDefinition, { tells }: AgentEvents, tenantId: string) {
  const source = agentSource(description.name);
  return (event: TenantEvent): readonly TenantEvent[] =>
    (reactions?.[event.type]?.(event) ?? []).map((draft) => {
      if (!tells.includes(draft.type)) throw new TypeError(`${description.name} does not say ${draft.type}`);
      return agentEvent(tenantId, { ...draft, source });
    });
}
