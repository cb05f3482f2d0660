import { CONTROL } from "../engine/frameworks.ts";
import type { Platform } from "../engine/platform.ts";
import { proof, type Recorder } from "../engine/proof.ts";
import { UnknownValue } from "../engine/three-values.ts";
import { findCopies, findDeputies } from "./isolation/copies.ts";
import { findOpenings } from "./isolation/openings.ts";
import { principalsOf } from "./isolation/principals.ts";
import { Reach, type Reached } from "./isolation/reach.ts";
import { resourceGrants } from "./isolation/resource-grants.ts";
import { startsOf } from "./isolation/starts.ts";
import { tenantThings, unnamedStores } from "./isolation/things.ts";
import { tenantStacks } from "./isolation/tenants.ts";

/** For every ordered pair of tenants: nothing of the one reaches anything of the other. */
export const tenantsReachOnlyTheirOwn = proof({
  premise: 5,
  id: "tenants-reach-only-their-own",
  severity: "critical",
  description:
    "No role, pod or workload of a tenant is granted anything on a store, a key, a log or a workload of another tenant, in whichever stack and by whichever document.",
  remediation: "Take out the grant or the resource at the hop before the last, or name what is the tenant's own.",
  frameworks: [CONTROL.soc2LogicalAccess, CONTROL.isoAccessRestriction, CONTROL.gdprByDesign],
  prove: (platform, record) => {
    const principals = principalsOf(platform, record);
    const grants = resourceGrants(platform, record);
    const starts = Map.groupBy(startsOf(platform, principals, record), (it) => it.tenant);
    const reach = new Reach(platform, principals, grants, record);
    countPairs(
      platform,
      new Map([...starts].map(([tenant, all]) => [tenant, new Set(all.map((it) => it.principal)).size])),
      record,
    );
    const reported = new Set<string>();
    for (const [tenant, all] of starts)
      for (const it of reach.from(tenant, all)) if (isNew(it, reported)) report(it, record);
    findDeputies(grants, platform, record);
    findCopies(platform, record);
    findOpenings(platform, principals, record);
    for (const it of unnamedStores(platform)) record.guarded(it, throwUnknown);
  },
});

/** A document that lets everybody in does it for each tenant: it is told once for each thing. */
function isNew({ holder, thing }: Reached, reported: Set<string>): boolean {
  const key = `${holder.resource.urn} ${thing.resource.urn}`;
  return !reported.has(key) && reported.add(key).has(key);
}

function report({ tenant, thing, holder, steps }: Reached, record: Recorder): void {
  const of = `"${thing.resource.name}" of tenant "${thing.tenant ?? ""}"`;
  record.violated(holder, `"${holder.resource.name}" must grant tenant "${tenant}" nothing on ${of}.`, steps);
}

function countPairs(platform: Platform, principals: ReadonlyMap<string, number>, record: Recorder): void {
  const tenants = [...tenantStacks(platform).keys()];
  const all = tenantThings(platform);
  const own = Map.groupBy(all, (it) => it.tenant);
  record.count("ordered pairs of tenants", tenants.length * (tenants.length - 1));
  record.count("principals of tenants", sum(tenants.map((it) => principals.get(it) ?? 0)));
  record.count("stores, keys, logs, roles and workloads of tenants", all.length);
  record.count(
    "pairs of a principal and something of another tenant",
    sum(tenants.map((it) => (principals.get(it) ?? 0) * (all.length - (own.get(it)?.length ?? 0)))),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}

function throwUnknown(): never {
  throw new UnknownValue("its ARN and its name");
}
