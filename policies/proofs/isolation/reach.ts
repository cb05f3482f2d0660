import type { Placed, Platform } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import { parseArn } from "../../facts/arn.ts";
import { TYPE } from "../../facts/resource-types.ts";
import { arnIndex } from "./arn-index.ts";
import { concerns, mayApply, resourcesIn } from "./documents.ts";
import type { Principal, Principals } from "./principals.ts";
import { contextOf, isDelegated, isNamed, type ResourceGrant } from "./resource-grants.ts";
import type { Start } from "./starts.ts";
import { type Thing, things } from "./things.ts";

/** That a principal is granted something on a thing, and the sentence that says by what. */
interface Hop {
  readonly thing: Thing;
  readonly holder: Placed;
  readonly step: string;
  /** Whether the principal may act as the thing, which is a role. */
  readonly becomes: boolean;
}

/** Something of a tenant that reaches something of another one, by the fewest grants. */
export interface Reached {
  readonly tenant: string;
  readonly thing: Thing;
  readonly holder: Placed;
  readonly steps: readonly string[];
}

/** Which services' actions a resource of a service takes, where they are not the same. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  iam: ["iam", "sts"],
  rds: ["rds", "rds-data", "rds-db"],
};

/** Follows grants from principal to principal, across all stacks. */
export class Reach {
  readonly #platform: Platform;
  readonly #principals: Principals;
  readonly #record: Recorder;
  readonly #hops = new Map<Principal, readonly Hop[]>();
  readonly #byName = new Map<string, ResourceGrant[]>();
  readonly #byPattern: ResourceGrant[] = [];
  readonly #services: readonly string[];
  readonly #trust = new Map<string, ResourceGrant[]>();

  constructor(platform: Platform, principals: Principals, grants: readonly ResourceGrant[], record: Recorder) {
    this.#platform = platform;
    this.#principals = principals;
    this.#record = record;
    this.#services = [...new Set(things(platform).flatMap(servicesOf))];
    for (const it of grants) {
      const { principals: named, notPrincipals } = it.statement;
      const others = named.filter(({ kind, id }) => kind !== "Service" && !isAccount(id));
      const isExact = notPrincipals === undefined && others.every(({ id }) => principals.find(id) !== undefined);
      if (isExact) for (const { id } of others) add(this.#byName, principals.find(id)?.name ?? "", it);
      else this.#byPattern.push(it);
      if (it.holder.resource.type === TYPE.role) add(this.#trust, it.holder.resource.urn, it);
    }
  }

  /** What of other tenants a tenant reaches, each thing once, by the shortest way. */
  from(tenant: string, starts: readonly Start[]): readonly Reached[] {
    const found = new Map<Thing, Reached>();
    const seen = new Set<Principal>();
    let next = starts.map(({ principal, step }) => ({ principal, steps: [step] as readonly string[] }));
    while (next.length > 0) {
      const now = next.filter(({ principal }) => !seen.has(principal) && seen.add(principal));
      next = [];
      for (const { principal, steps } of now) {
        for (const { thing, holder, step, becomes } of this.#hopsOf(principal)) {
          const way = [...steps, step];
          const other = thing.tenant !== undefined && thing.tenant !== tenant;
          if (other && !found.has(thing)) found.set(thing, { tenant, thing, holder, steps: [...way, ending(thing)] });
          const role = becomes && !other ? this.#principals.find(thing.arns[0]) : undefined;
          if (role !== undefined) next.push({ principal: role, steps: way });
        }
      }
    }
    return [...found.values()];
  }

  #hopsOf(principal: Principal): readonly Hop[] {
    let hops = this.#hops.get(principal);
    if (hops === undefined)
      this.#hops.set(principal, (hops = [...this.#byIdentity(principal), ...this.#byResource(principal)]));
    return hops;
  }

  #byIdentity(principal: Principal): readonly Hop[] {
    return principal.grants.flatMap(({ holder, statement }) => {
      const hops: Hop[] = [];
      this.#record.guarded(holder, () => {
        if (!concerns(statement, this.#services) || !mayApply(statement, contextOf(principal))) return;
        for (const resource of resourcesIn(statement)) {
          for (const thing of arnIndex(this.#platform).find(resource)) {
            if (!concerns(statement, servicesOf(thing))) continue;
            const does = statement.actions.join(", ") || "everything but some actions";
            const step = `"${principal.name}" is granted ${does} on ${resource} by "${holder.resource.name}" in ${holder.stack.name}.`;
            const becomes = statement.touches("sts:AssumeRole")
              ? this.#isTrusted(thing, principal)
              : statement.touches("iam:PassRole");
            hops.push({ thing, holder, step, becomes });
          }
        }
      });
      return hops;
    });
  }

  #byResource(principal: Principal): readonly Hop[] {
    const grants = [...(this.#byName.get(principal.name) ?? []), ...this.#byPattern];
    return grants.flatMap((grant) => {
      if (!isNamed(grant, principal)) return [];
      const { holder, targets } = grant;
      const becomes = holder.resource.type === TYPE.role;
      const verb = becomes ? "lets it become" : "grants it something on";
      return targets.map((thing) => {
        const step = `"${holder.resource.name}" in ${holder.stack.name} names "${principal.name}", and ${verb} "${thing.resource.name}".`;
        return { thing, holder, step, becomes };
      });
    });
  }

  /** Whether a role's trust policy lets a principal in that has a grant on the role. */
  #isTrusted(thing: Thing, principal: Principal): boolean {
    return (this.#trust.get(thing.resource.urn) ?? []).some(
      (it) => isDelegated(it, principal) || isNamed(it, principal),
    );
  }
}

function servicesOf({ arns }: Thing): readonly string[] {
  const service = parseArn(arns[0] ?? "")?.service ?? "";
  return SERVICES[service] ?? [service];
}

/** An account, which leaves it to the policies of its principals. */
function isAccount(id: string): boolean {
  return /^(?:\d{12}|arn:aws:iam::\d{12}:root)$/.test(id);
}

function ending({ resource, stack, tenant = "" }: Thing): string {
  return `"${resource.name}" is of tenant "${tenant}" (${resource.type} in ${stack.name}).`;
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
