import { isOfPlatform, parseAddress, type Address } from "../../environments/address.ts";
import { environments } from "../../environments/index.ts";
import { residencyOf, type Residency } from "../../environments/residency.ts";
import type { Day } from "../../contracts/day.ts";
import type { Plan } from "../../plan/model.ts";
import { ResourceView } from "./resource-view.ts";
import { UnknownValue } from "./three-values.ts";

/** The index of a plan that all rules read: resources by type, by URN, and by the resources that refer to them. */
export class StackIndex {
  readonly name: string;
  /** The day on which the stack is judged. */
  readonly today: Day;
  /** False while more resources may be registered. */
  readonly complete: boolean;
  /** Whether the stack is of this platform, by its name. */
  readonly isOurs: boolean;
  readonly resources: readonly ResourceView[];
  readonly #known: typeof environments;
  readonly #byUrn = new Map<string, ResourceView>();
  readonly #byType: ReadonlyMap<string, readonly ResourceView[]>;
  readonly #ofTypes = new Map<string, readonly ResourceView[]>();
  readonly #referrers = new Map<string, ReadonlyMap<string, readonly ResourceView[]>>();
  #naming: ReadonlyMap<string, readonly ResourceView[]> | undefined;
  #address: Address | Error | undefined;

  /** `known` are the environments of the platform. */
  constructor({ stack, complete, resources }: Plan, today: Day, known: typeof environments = environments) {
    this.#known = known;
    this.name = stack;
    this.today = today;
    this.complete = complete;
    this.isOurs = isOfPlatform(stack, known);
    const find = (urn: string): ResourceView | undefined => this.#byUrn.get(urn);
    this.resources = resources.map((it) => new ResourceView(it, find));
    for (const it of this.resources) this.#byUrn.set(it.urn, it);
    this.#byType = Map.groupBy(this.resources, ({ type }) => type);
  }

  /** The resources of the types, in the order of registration within each type. */
  ofType(...types: readonly string[]): readonly ResourceView[] {
    const key = types.join(" ");
    let found = this.#byType.get(key) ?? this.#ofTypes.get(key);
    if (found === undefined) this.#ofTypes.set(key, (found = types.flatMap((type) => this.#ofOne(type))));
    return found;
  }

  /** The resource of a URN, or `undefined`. */
  find(urn: string): ResourceView | undefined {
    return this.#byUrn.get(urn);
  }

  /** The resources of this stack that an input came from; throws `UnknownValue` where the plan does not say. */
  linked(resource: ResourceView, input: string): readonly ResourceView[] {
    const all = resource.resource.propertyDependencies;
    if (all === undefined) throw new UnknownValue(`${input} (where it comes from)`);
    return (all[input] ?? []).map((urn) => this.#byUrn.get(urn)).filter((it) => it !== undefined);
  }

  /** The resources of `type` whose `input` came from `target`; throws `UnknownValue` where the plan does not say. */
  referrers(target: ResourceView, type: string, input: string): readonly ResourceView[] {
    const key = `${type} ${input}`;
    let index = this.#referrers.get(key);
    if (index === undefined) this.#referrers.set(key, (index = this.#indexReferrers(type, input)));
    return index.get(target.urn) ?? [];
  }

  /** The custom resources of which any input came from `target`; throws `UnknownValue` where the plan does not say it of all resources. */
  naming(target: ResourceView): readonly ResourceView[] {
    this.#naming ??= this.#indexNaming();
    return this.#naming.get(target.urn) ?? [];
  }

  /** Whether one of the resource's ancestors is of the type. */
  isInside(resource: ResourceView, type: string): boolean {
    return this.ancestorsOf(resource).some((it) => it.type === type);
  }

  /** The parents of a resource, the nearest first. A state that was edited may hold a ring of them: each is told once. */
  ancestorsOf({ resource }: ResourceView): readonly ResourceView[] {
    const found = new Set<ResourceView>();
    let next = this.#byUrn.get(resource.parent ?? "");
    while (next !== undefined && !found.has(next)) {
      found.add(next);
      next = this.#byUrn.get(next.resource.parent ?? "");
    }
    return [...found];
  }

  /** The address that the stack's name is; throws `UnknownValue` when it is none. */
  get address(): Address {
    this.#address ??= attempt(() => parseAddress(this.name, this.#known));
    if (this.#address instanceof Error) throw new UnknownValue("address (the stack's name is none)");
    return this.#address;
  }

  /** The region of the stack; `undefined` for an environment's own stack. Throws `UnknownValue` as `address` does. */
  get region(): string | undefined {
    return this.address.layer === "environment" ? undefined : this.address.region;
  }

  /** The id of the tenant whose stack this is; `undefined` for an environment's or a region's stack. */
  get tenant(): string | undefined {
    return this.address.layer === "tenant" ? this.address.tenant.id : undefined;
  }

  /** The residency that governs the stack, or `undefined` for an environment's own stack, which keeps no tenant's data. */
  get residency(): Residency | undefined {
    if (this.address.layer === "environment") return undefined;
    return this.address.layer === "tenant" ? this.address.tenant.residency : residencyOf(this.address.region);
  }

  #ofOne(type: string): readonly ResourceView[] {
    if (!type.endsWith("*")) return this.#byType.get(type) ?? [];
    return this.resources.filter((it) => it.type.startsWith(type.slice(0, -1)));
  }

  #indexNaming(): ReadonlyMap<string, readonly ResourceView[]> {
    const index = new Map<string, ResourceView[]>();
    for (const it of this.resources.filter(({ resource }) => resource.custom)) {
      const all = it.resource.propertyDependencies;
      if (all === undefined) throw new UnknownValue("where inputs come from");
      for (const urn of new Set(Object.values(all).flat())) {
        const known = index.get(urn);
        if (known === undefined) index.set(urn, [it]);
        else known.push(it);
      }
    }
    return index;
  }

  #indexReferrers(type: string, input: string): ReadonlyMap<string, readonly ResourceView[]> {
    const index = new Map<string, ResourceView[]>();
    for (const it of this.ofType(type)) {
      for (const { urn } of this.linked(it, input)) {
        const same = index.get(urn);
        if (same === undefined) index.set(urn, [it]);
        else same.push(it);
      }
    }
    return index;
  }
}

function attempt<T>(parse: () => T): T | Error {
  try {
    return parse();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
