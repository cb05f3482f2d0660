import { eventsOf, type HeardKind } from "../../../../contracts/agents/choreography.ts";
import { agentSource } from "../../../../contracts/bff/events.ts";
import { CONTROL } from "../../../engine/frameworks.ts";
import { outputOf } from "../../../engine/output.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import { proof } from "../../../engine/proof.ts";
import { some } from "../../../engine/three-values.ts";
import { bundleOf } from "../../../facts/bundle.ts";
import {
  bundleOfSource,
  type EventRoute,
  queueOf,
  routesOn,
  takes,
  takesOnly,
} from "../../../facts/reach/event-rules.ts";
import { findBy } from "../../../facts/reach/find.ts";
import { hostOf, variableOf } from "../../../facts/reach/host.ts";
import type { Call } from "../../../facts/reach/permission.ts";
import { isGranted, isWithinBoundary } from "../../../facts/reach/role.ts";
import { settingsOf } from "../../../facts/workloads.ts";
import { keyDeeds, onBehalfOf, refusedOf } from "../../services/deed.ts";
import { eventDeeds } from "../../services/events.ts";
import { allAgents, allMachines } from "../checks/agents.ts";
import { type Cut, cutUnless, type HopChecks, walk } from "../checks/walk.ts";

const BUS = "aws:cloudwatch/eventBus:EventBus";
const QUEUE = "aws:sqs/queue:Queue";

type Path = "agents-hear-events";

/** Whoever says an event is not told who hears it: what is cut in between is noticed by nobody. */
export const agentsHearEvents = proof({
  premise: 2,
  id: "agents-hear-events",
  severity: "high",
  description:
    "Each kind of event that an agent hears is said by somebody who may, and comes to the agent's queue by a rule of its own; what it says itself is heard.",
  remediation:
    "Give each kind a rule on the tenant's bus with the agent's queue as its target, which its policy and its key let in.",
  frameworks: [CONTROL.soc2Capacity, CONTROL.isoConfiguration],
  prove: (platform, record) => {
    for (const agent of allAgents(platform))
      record.guarded(agent, () => {
        const name = bundleOf(agent.resource)?.replace(/^agent-/, "") ?? "";
        const events = eventsOf(name);
        if (events === undefined) return;
        const said = events.tells.map((type): HeardKind => ({ from: agentSource(name), type }));
        walk(record, "agents-hear-events", agent, checksOf(platform, agent, { heard: events.hears, said }));
      });
  },
});

interface Kinds {
  readonly heard: readonly HeardKind[];
  readonly said: readonly HeardKind[];
}

function checksOf(platform: Platform, agent: Placed, { heard, said }: Kinds): HopChecks<Path> {
  const { resource, stack } = agent;
  const host = hostOf(platform, agent);
  const queue = findBy(platform, QUEUE, "url", variableOf(host, "EVENTS_QUEUE_URL"));
  const busName = variableOf(host, "EVENT_BUS") ?? "";
  const bus = stack.ofType(BUS).find((it) => it.text("name") === busName);
  const routes = routesOn(stack, busName);
  const into = routes.filter(({ targets }) => queue !== undefined && targets.includes(outputOf(queue.resource, "arn")));
  const name = `"${resource.name}"`;
  const isSaid = (kind: HeardKind): boolean => {
    const taking = routes.filter((it) => takes(it, kind));
    return isHeard(platform, agent, taking);
  };
  return {
    queue: () => cutUnless(queue !== undefined, agent, `EVENTS_QUEUE_URL of ${name} must be of a declared queue.`),
    bus: () => cutUnless(bus !== undefined, agent, `EVENT_BUS of ${name} must be of a bus of its stack.`),
    ...ruleChecks(agent, heard, { routes, into }),
    policy: () => policyCut(platform, queue, into),
    key: () => keyCut(platform, { queue, bus: bus && { resource: bus, stack } }, into),
    teller: () => firstCut(heard, (kind) => tellerCut(platform, agent, { kind, bus: bus && outputOf(bus, "arn") })),
    listener: () => {
      const lost = said.find((kind) => !isSaid(kind));
      return cutUnless(lost === undefined, agent, `A rule must take ${worded(lost)} into a queue that somebody reads.`);
    },
  };
}

interface Routes {
  readonly routes: readonly EventRoute[];
  /** Those that lead into the agent's queue. */
  readonly into: readonly EventRoute[];
}

function ruleChecks(
  agent: Placed,
  heard: readonly HeardKind[],
  { routes, into }: Routes,
): Pick<HopChecks<Path>, "rule" | "target" | "only"> {
  const name = `"${agent.resource.name}"`;
  const isIn = (all: readonly EventRoute[], kind: HeardKind): boolean => all.some((it) => takesOnly(it, kind));
  return {
    rule: () => {
      const lost = heard.find((kind) => !isIn(routes, kind));
      return cutUnless(lost === undefined, agent, `A rule must take ${worded(lost)} for ${name}, and nothing else.`);
    },
    target: () => {
      const lost = heard.find((kind) => isIn(routes, kind) && !isIn(into, kind));
      const mend = `The rule on ${worded(lost)} must have the queue of ${name} as its target.`;
      return cutUnless(lost === undefined, agent, mend);
    },
    only: () => {
      const other = into.find((it) => !heard.some((kind) => takesOnly(it, kind)));
      const mend = `"${other?.rule.name ?? ""}" must put nothing into the queue of ${name}, which hears other kinds.`;
      return cutUnless(other === undefined, agent, mend);
    },
  };
}

function worded(kind: HeardKind | undefined): string {
  return `${kind?.type ?? ""} of ${kind?.from ?? ""}`;
}

function firstCut<T>(all: readonly T[], cutOf: (it: T) => Cut | undefined): Cut | undefined {
  for (const it of all) {
    const cut = cutOf(it);
    if (cut !== undefined) return cut;
  }
  return undefined;
}

function policyCut(platform: Platform, queue: Placed | undefined, into: readonly EventRoute[]): Cut | undefined {
  const arn = queue && outputOf(queue.resource, "arn");
  const rules = into.map(({ rule }) => `"${rule.name}" `);
  const refused = eventDeeds(platform).find(
    (it) =>
      it.calls.some(({ resource }) => resource === arn) &&
      rules.some((one) => it.why.startsWith(one)) &&
      refusedOf(it) !== undefined,
  );
  return (
    refused && { at: refused.at, mend: `"${refused.at.resource.name}" must let EventBridge send: ${refused.why}.` }
  );
}

interface Encrypted {
  readonly queue: Placed | undefined;
  readonly bus: Placed | undefined;
}

/** EventBridge encrypts what is on the bus for the bus, and what it puts into a queue for the rule. */
function keyCut(platform: Platform, { queue, bus }: Encrypted, into: readonly EventRoute[]): Cut | undefined {
  const actions = ["kms:Decrypt", "kms:GenerateDataKey"];
  const of = (arn: string | undefined, source: ResourceOutput, why: string) =>
    keyDeeds(platform, arn, {
      who: "events.amazonaws.com",
      actions,
      context: onBehalfOf(outputOf(source, "arn")),
      why,
    });
  const deeds = [
    ...(bus === undefined
      ? []
      : of(bus.resource.text("kmsKeyIdentifier"), bus.resource, `it keeps what is said on "${bus.resource.name}"`)),
    ...into.flatMap(({ rule }) =>
      of(queue?.resource.text("kmsMasterKeyId"), rule, `"${rule.name}" sends to an encrypted queue`),
    ),
  ];
  return firstCut(deeds, (deed) => {
    const refused = refusedOf(deed);
    return (
      refused && {
        at: deed.at,
        mend: `"${deed.at.resource.name}" must let EventBridge do ${refused.action}: ${deed.why}.`,
      }
    );
  });
}

type ResourceOutput = Parameters<typeof outputOf>[0];

interface Telling {
  readonly kind: HeardKind;
  readonly bus: string | undefined;
}

/** Who says an event runs in the same stack, and its role may say it on the bus in its own name. */
function tellerCut(platform: Platform, agent: Placed, { kind, bus }: Telling): Cut | undefined {
  const bundle = bundleOfSource(kind.from);
  const teller = allMachines(platform).find(
    ({ resource, stack }) => stack === agent.stack && bundleOf(resource) === bundle,
  );
  if (teller === undefined)
    return { at: agent, mend: `"${bundle}" must run, which says what "${agent.resource.name}" hears.` };
  const { role } = hostOf(platform, teller);
  if (role === undefined || bus === undefined) return undefined;
  const context = { "events:source": kind.from, "events:detail-type": kind.type ?? null };
  const call: Call = { action: "events:PutEvents", resource: bus, context };
  const may = isGranted(platform, role, call) && isWithinBoundary(platform, role, call);
  return cutUnless(may, role, `"${role.resource.name}" must be granted to say ${worded(kind)}.`);
}

/** Whether one of the rules leads to a queue of which a workload of the same stack is told. */
function isHeard(platform: Platform, { stack }: Placed, routes: readonly EventRoute[]): boolean {
  const urls = routes.flatMap(({ targets }) =>
    targets.flatMap((arn) => {
      const queue = queueOf(platform, arn);
      return queue === undefined ? [] : [outputOf(queue.resource, "url")];
    }),
  );
  return some(
    allMachines(platform).filter((it) => it.stack === stack),
    ({ resource }) =>
      some(settingsOf(resource), ({ name, read }) => name.endsWith("_QUEUE_URL") && urls.includes(read() ?? "")),
  );
}
