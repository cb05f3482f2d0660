import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EventBus } from "../../../components/events/event-bus.ts";
import { WorkQueue } from "../../../components/events/work-queue.ts";
import { agentSource, bffSource, busName } from "../../../contracts/bff/events.ts";
import type { Feature } from "../../feature.ts";
import { agentService } from "../agents/agents.ts";
import type { AgentIdentities } from "../agents/identities.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import { bffService } from "./bffs.ts";
import { callsOf, MOST_CALLS } from "./calls.ts";
import type { BffIdentities } from "./identities.ts";

/** Longer than working on one message takes, in seconds: the messages to a partner's endpoints, an agent's longest call. */
const VISIBILITY_SECONDS = { webhooks: 60, agent: 180 } as const;

/** By what the tenant's agents and BFFs tell each other what happened, and keep what waits. */
export interface TenantEvents extends Feature {
  /** Absent for a tenant that has developers only, as are the queues. */
  readonly busName: pulumi.Output<string> | undefined;
  /** URLs of the queues of agents, by the agent's name: what all others say comes into each. */
  readonly agentQueues: Readonly<Record<string, pulumi.Output<string>>>;
  /** URLs of the queues of the BFF of partners, by who hears them. */
  readonly bffQueues: Partial<Readonly<Record<"webhooks", pulumi.Output<string>>>>;
}

interface Upstream {
  readonly key: TenantKey;
  readonly agents: AgentIdentities;
  readonly bffs: BffIdentities;
}

/** Declares the tenant's bus of events, a queue for every agent that hears it, and one for that of which webhooks tell partners. */
export function tenantEvents(context: TenantContext, upstream: Upstream): TenantEvents {
  const { agents, bffs, key } = upstream;
  if (bffs.all.length === 0) return { busName: undefined, agentQueues: {}, bffQueues: {}, resources: [] };
  const { opts, address } = context;
  const bus = new EventBus("events", { name: busName(address.tenant.id), key: key.dataKey }, opts);
  const speakers = [
    ...agents.all.map((it) => ({ name: agentService(it), role: it.identity.role })),
    ...bffs.all.map((it) => ({ name: bffService(it), role: it.identity.role })),
  ];
  const policy = bus.admitOnly(
    "events",
    speakers.map((it) => it.role),
  );
  const granted = speakers.flatMap(({ name, role }) =>
    callsOf(name, MOST_CALLS.bus).length === 0 ? [] : [bus.grantPut(`${name}-says`, role)],
  );
  const ofAgents = agentQueues(context, upstream, bus);
  const ofBffs = bffQueues(context, upstream, bus);
  return {
    busName: bus.busName,
    agentQueues: Object.fromEntries(ofAgents.map(([name, { url }]) => [name, url])),
    bffQueues: Object.fromEntries(ofBffs.map(([name, { url }]) => [name, url])),
    resources: [bus, policy, ...granted, ...[...ofAgents, ...ofBffs].flatMap(([, it]) => it.resources)],
  };
}

interface DeclaredQueue extends Feature {
  readonly url: pulumi.Output<string>;
}

type Named = readonly [name: string, queue: DeclaredQueue];

function agentQueues(context: TenantContext, { key, agents }: Upstream, bus: EventBus): readonly Named[] {
  return agents.all.map((agent) => {
    const role = agent.identity.role;
    const pattern = { source: [{ "anything-but": agentSource(agent.name) }] };
    const name = `${agentService(agent)}-hears`;
    const calls = callsOf(agentService(agent), MOST_CALLS.receive);
    const hears = { busName: bus.busName, pattern };
    return [agent.name, queue(name, context, { key, role, calls, seconds: VISIBILITY_SECONDS.agent, hears })];
  });
}

function bffQueues(context: TenantContext, { key, agents, bffs }: Upstream, bus: EventBus): readonly Named[] {
  const partners = bffs.all.find((it) => it.scenario === "b2b");
  if (partners === undefined) return [];
  const service = bffService(partners);
  const { role } = partners.identity;
  const calls = callsOf(service, MOST_CALLS.receive);
  // The BFF says itself that a batch is over.
  const pattern = { source: [...agents.all.map((it) => agentSource(it.name)), bffSource(partners.scenario)] };
  const hears = { busName: bus.busName, pattern };
  const of = { key, role, calls, seconds: VISIBILITY_SECONDS.webhooks, hears };
  return [["webhooks", queue(`${service}-webhooks-wait`, context, of)]];
}

interface QueueOf {
  readonly key: TenantKey;
  readonly role: aws.iam.Role;
  readonly calls: readonly string[];
  readonly seconds: number;
  readonly hears?: { readonly busName: pulumi.Output<string>; readonly pattern: object };
}

function queue(name: string, { place, opts }: TenantContext, of: QueueOf): DeclaredQueue {
  const { key, role, calls, seconds: visibilitySeconds, hears } = of;
  const args = { place, key: key.dataKey, visibilitySeconds, users: [role], ...(hears && { hears }) };
  const made = new WorkQueue(name, args, opts);
  const granted = calls.length === 0 ? [] : [made.grantCalls(name, role, calls)];
  return { url: made.url, resources: [made, ...granted] };
}
