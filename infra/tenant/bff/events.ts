import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EventBus, type Voice } from "../../../components/events/event-bus.ts";
import { WorkQueue } from "../../../components/events/work-queue.ts";
import { queueAlarms } from "../../../components/observability/queue-alarms.ts";
import { eventsOf, type HeardKind } from "../../../contracts/agents/choreography.ts";
import { agentSource, bffSource, busName } from "../../../contracts/bff/events.ts";
import type { Feature } from "../../feature.ts";
import { agentService } from "../agents/agents.ts";
import type { AgentIdentities, RegisteredAgent } from "../agents/identities.ts";
import type { TenantContext } from "../context.ts";
import type { TenantKey } from "../data/key.ts";
import { bffService } from "./bffs.ts";
import { callsOf, MOST_CALLS } from "./calls.ts";
import type { BffIdentities } from "./identities.ts";

/** Longer than working on one message takes, in seconds: the messages to a partner's endpoints, what an agent says of what it hears. */
const VISIBILITY_SECONDS = { webhooks: 60, agent: 60 } as const;

/** By what the tenant's agents and BFFs tell each other what happened, and keep what waits. */
export interface TenantEvents extends Feature {
  /** Absent for a tenant that has developers only, as are the queues. */
  readonly busName: pulumi.Output<string> | undefined;
  /** URLs of the queues of agents that hear events, by the agent's name. */
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
  const hearing = agents.all.filter(({ name }) => eventsOf(name) !== undefined);
  const speakers = [...hearing.map(agentSpeaker), ...bffs.all.map(bffSpeaker)];
  const policy = bus.admitOnly(
    "events",
    speakers.map((it) => it.role),
  );
  const granted = speakers.flatMap(({ name, role, voice }) =>
    callsOf(name, MOST_CALLS.bus).length === 0 ? [] : [bus.grantPut(`${name}-says`, role, voice)],
  );
  const ofAgents = hearing.map((it): Named => [it.name, heardBy(it, context, { key, bus })]);
  const ofBffs = bffQueues(context, { key, bus, bffs, hearing });
  return {
    busName: bus.busName,
    agentQueues: Object.fromEntries(ofAgents.map(([name, { url }]) => [name, url])),
    bffQueues: Object.fromEntries(ofBffs.map(([name, { url }]) => [name, url])),
    resources: [bus, policy, ...granted, ...[...ofAgents, ...ofBffs].flatMap(([, it]) => it.resources)],
  };
}

interface Speaker {
  /** Of the bundle that it runs. */
  readonly name: string;
  readonly role: aws.iam.Role;
  readonly voice: Voice;
}

function agentSpeaker(agent: RegisteredAgent): Speaker {
  const voice = { source: agentSource(agent.name), types: eventsOf(agent.name)?.tells ?? [] };
  return { name: agentService(agent), role: agent.identity.role, voice };
}

function bffSpeaker(bff: BffIdentities["all"][number]): Speaker {
  return { name: bffService(bff), role: bff.identity.role, voice: { source: bffSource(bff.scenario) } };
}

interface On {
  readonly key: TenantKey;
  readonly bus: EventBus;
}

/** What an agent hears by. */
function heardBy(agent: RegisteredAgent, context: TenantContext, { key, bus }: On): DeclaredQueue {
  const service = agentService(agent);
  return queue(`${service}-hears`, context, {
    ...{ key, bus, role: agent.identity.role, seconds: VISIBILITY_SECONDS.agent },
    calls: callsOf(service, MOST_CALLS.receive),
    kinds: eventsOf(agent.name)?.hears ?? [],
    // An agent on AgentCore Runtime runs while it is called.
    isRead: context.address.environment.agentHosting === "eks",
  });
}

interface DeclaredQueue extends Feature {
  readonly url: pulumi.Output<string>;
}

type Named = readonly [name: string, queue: DeclaredQueue];

/** Partners are told of what agents say, and of what their BFF says itself, such as that a batch is over. */
function bffQueues(
  context: TenantContext,
  { key, bus, bffs, hearing }: On & { readonly bffs: BffIdentities; readonly hearing: readonly RegisteredAgent[] },
): readonly Named[] {
  const partners = bffs.all.find((it) => it.scenario === "b2b");
  if (partners === undefined) return [];
  const service = bffService(partners);
  const { role } = partners.identity;
  const sources = [...hearing.map((it) => agentSource(it.name)), bffSource(partners.scenario)];
  const of = {
    ...{ key, bus, role, seconds: VISIBILITY_SECONDS.webhooks, isRead: true },
    calls: callsOf(service, MOST_CALLS.receive),
    kinds: sources.map((from) => ({ from })),
  };
  return [["webhooks", queue(`${service}-webhooks-wait`, context, of)]];
}

interface QueueOf extends On {
  readonly role: aws.iam.Role;
  readonly calls: readonly string[];
  readonly seconds: number;
  readonly kinds: readonly HeardKind[];
  readonly isRead: boolean;
}

function queue(
  name: string,
  { place, opts, provider, alertTopicArn: topicArn }: TenantContext,
  of: QueueOf,
): DeclaredQueue {
  const { key, bus, role, calls, kinds, isRead, seconds: visibilitySeconds } = of;
  const hears = { busName: bus.busName, kinds };
  const made = new WorkQueue(name, { place, key: key.dataKey, visibilitySeconds, users: [role], hears }, opts);
  const granted = calls.length === 0 ? [] : [made.grantCalls(name, role, calls)];
  const alarms = queueAlarms(name, { names: made.names, isRead, topicArn }, { provider });
  return { url: made.url, resources: [made, ...granted, ...alarms] };
}
