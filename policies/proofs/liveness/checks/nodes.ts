import { type InstanceSize, instanceSize, roomOn } from "../../../../environments/capacity/instance-types.ts";
import { oncePer } from "../../../engine/once-per.ts";
import type { Placed, Platform } from "../../../engine/platform.ts";
import type { ResourceView } from "../../../engine/resource-view.ts";
import type { Value } from "../../../engine/value.ts";
import { CAPACITY_LABEL, POOL_LABEL, sizeOf } from "../../../facts/capacity/sizes.ts";
import { quantityOf } from "../../../facts/capacity/quantity.ts";
import { containersOf } from "../../../facts/workloads.ts";
import { podsOnEks } from "./agents.ts";
import { leastPods, mostPods } from "../../../facts/capacity/pod-counts.ts";
import { type Cut, cutUnless, type HopChecks } from "./walk.ts";

const POOL = "kubernetes:karpenter.sh/v1:NodePool";
const POD = "spec.template.spec";
const ZONE = "topology.kubernetes.io/zone";
const GIB = 2 ** 30;

/** Zones of a region, of which one may be lost. */
const ZONES = 3;

/** The hops of an agent's pods that are about nodes. */
export type NodeHops = "pool" | "taints" | "node" | "capacity" | "zone" | "room" | "together";

/** Whether nodes take the pods of an agent, also when a zone is lost. */
export function nodeChecks(platform: Platform, agent: Placed): Pick<HopChecks<"agents-fit-where-they-run">, NodeHops> {
  const { resource: it, stack } = agent;
  const { name } = it;
  const pool = (): Placed | undefined => poolOf(platform, agent);
  const ofPool = (check: (found: Placed) => boolean, what: string): Cut | undefined => {
    const found = pool();
    return found && must(check(found), found, what);
  };
  return {
    pool: () => must(!wantsPool(it) || pool() !== undefined, agent, "name a node pool that is declared"),
    taints: () => ofPool((found) => toleratesAll(it, found.resource), `have no taint that "${name}" does not tolerate`),
    node: () =>
      ofPool((found) => fitsOnANode(it, found.resource), `have an instance type with room for a pod of "${name}"`),
    capacity: () => {
      const found = pool();
      return found && must(isOnItsCapacity(it, found.resource), agent, "keep off Spot capacity, or be interruptible");
    },
    zone: () => must(isFreeOfZones(agent), agent, "leave its zones where one of them is lost"),
    room: () => {
      const pods = podsOnEks(platform).filter(
        (one) => one.stack === stack && selectorOf(one.resource) === selectorOf(it),
      );
      return ofPool(
        (found) => isWithin(sum(pods, mostPods), found.resource),
        `have room for the most pods of its tenant, with ${mostPods(agent)} of "${name}"`,
      );
    },
    together: () =>
      ofPool(
        (found) => isWithin(scaled(leastOf(platform, agent), ZONES / (ZONES - 1)), found.resource),
        `have room for the least pods of all tenants when a zone's nodes are lost, with those of "${name}"`,
      ),
  };
}

function must(holds: boolean, at: Placed, what: string): Cut | undefined {
  return cutUnless(holds, at, `"${at.resource.name}" must ${what}.`);
}

/** A pod that tolerates a taint is made for a pool, and must not end on whichever nodes there are. */
function wantsPool(it: ResourceView): boolean {
  return selectorOf(it) !== undefined || it.list(`${POD}.tolerations`).length > 0;
}

function selectorOf(it: ResourceView): string | undefined {
  return it.text(`${POD}.nodeSelector`, POOL_LABEL);
}

function poolOf(platform: Platform, { resource, stack }: Placed): Placed | undefined {
  const name = selectorOf(resource);
  return platform
    .ofType(POOL)
    .find((it) => it.stack.region === stack.region && it.resource.text("metadata.name") === name);
}

function toleratesAll(it: ResourceView, pool: ResourceView): boolean {
  const tolerated = it.list(`${POD}.tolerations`);
  const isMet = (taint: Value) => (one: Value) =>
    one.text("key") === taint.text("key") &&
    [undefined, taint.text("effect")].includes(one.text("effect")) &&
    (one.text("operator") === "Exists" || one.text("value") === taint.text("value"));
  return pool.list(`${POD}.taints`).every((taint) => tolerated.some(isMet(taint)));
}

/** The values that a pool requires of a label. */
function requiredOf(pool: ResourceView, label: string): readonly string[] {
  return pool
    .list(`${POD}.requirements`)
    .filter((one) => one.text("key") === label && one.text("operator") === "In")
    .flatMap((one) => one.texts("values"));
}

/** An instance type whose size is not known has no room; what pods select of a label that the pool requires must be among its values. */
function fitsOnANode(it: ResourceView, pool: ResourceView): boolean {
  const asked = askedBy(it);
  const isOffered = it.entries(`${POD}.nodeSelector`).every(([label, value]) => {
    const offered = requiredOf(pool, label);
    return offered.length === 0 || offered.includes(value.text() ?? "");
  });
  return (
    isOffered &&
    requiredOf(pool, "node.kubernetes.io/instance-type").some((type) => {
      const size = instanceSize(type);
      return size !== undefined && isNoMore(asked, roomOn(size));
    })
  );
}

function isOnItsCapacity(it: ResourceView, pool: ResourceView): boolean {
  const keepsOff = it.text(`${POD}.nodeSelector`, CAPACITY_LABEL) === "on-demand";
  return keepsOff || sizeOf(it).interruptible || !requiredOf(pool, CAPACITY_LABEL).includes("spot");
}

/**
 * Nodes of a lost zone are counted as a zone without pods (Kubernetes, `nodeTaintsPolicy: Ignore`), so a spread that must be kept lets the other
 * zones have one pod each.
 */
function isFreeOfZones(agent: Placed): boolean {
  const isStrict = agent.resource
    .list(`${POD}.topologySpreadConstraints`)
    .some((one) => one.text("topologyKey") === ZONE && one.text("whenUnsatisfiable") !== "ScheduleAnyway");
  return !isStrict || mostPods(agent) < ZONES;
}

/** What one pod asks for. */
function askedBy(it: ResourceView): InstanceSize {
  const asks = (what: string): number =>
    containersOf(it).reduce((total, one) => total + (quantityOf(one.at("resources.requests", what)) ?? 0), 0);
  return { cpus: asks("cpu"), memoryGib: asks("memory") / GIB };
}

function sum(pods: readonly Placed[], count: (it: Placed) => number): InstanceSize {
  return pods.reduce<InstanceSize>((total, it) => plus(total, scaled(askedBy(it.resource), count(it))), NOTHING);
}

const NOTHING: InstanceSize = { cpus: 0, memoryGib: 0 };

function plus(a: InstanceSize, b: InstanceSize): InstanceSize {
  return { cpus: a.cpus + b.cpus, memoryGib: a.memoryGib + b.memoryGib };
}

function scaled({ cpus, memoryGib }: InstanceSize, by: number): InstanceSize {
  return { cpus: cpus * by, memoryGib: memoryGib * by };
}

function isNoMore(asked: InstanceSize, most: InstanceSize): boolean {
  return asked.cpus <= most.cpus && asked.memoryGib <= most.memoryGib;
}

/** A limit that is left out limits nothing: another rule demands it. */
function isWithin(asked: InstanceSize, pool: ResourceView): boolean {
  const memory = quantityOf(pool.at("spec.limits.memory")) ?? Number.POSITIVE_INFINITY;
  const cpus = quantityOf(pool.at("spec.limits.cpu")) ?? Number.POSITIVE_INFINITY;
  return isNoMore(asked, { cpus, memoryGib: memory / GIB });
}

function leastOf(platform: Platform, { resource, stack }: Placed): InstanceSize {
  return leastByPool(platform).get(`${stack.region} ${selectorOf(resource)}`) ?? NOTHING;
}

/** What all tenants' pods ask for at their least scale, by region and pool. */
const leastByPool = oncePer((platform: Platform): ReadonlyMap<string, InstanceSize> => {
  const all = new Map<string, InstanceSize>();
  for (const it of podsOnEks(platform)) {
    const key = `${it.stack.region} ${selectorOf(it.resource)}`;
    all.set(key, plus(all.get(key) ?? NOTHING, sum([it], leastPods)));
  }
  return all;
});
