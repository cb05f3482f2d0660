import { isDeepStrictEqual } from "node:util";
import { UNKNOWN } from "../../../plan/model.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Fault } from "../catalogue/spec.ts";
import type { Behaviour, Draft, Place } from "../behaviours/behaviour.ts";
import { nextRuntimeVersion } from "../behaviours/agentcore.ts";
import { UNMADE } from "../callers.ts";
import type { FaultPlan } from "../faults.ts";
import { invoke } from "../invocations.ts";
import { NameTakenError, type Store, type StoredResource } from "../store/store.ts";
import { type Values, holdsUnknown, isRecord } from "../wire.ts";
import { type Difference, differenceOf } from "./diff.ts";
import { CloudError, PartialFailure } from "./errors.ts";
import { type Made, autonameOf, bearsFixedName, complete } from "./created.ts";
import { namesOf, placeOf, referencesOf, uniqueNamesOf } from "./names.ts";
import { type Taught, refusalOf, taught } from "./overrides.ts";

/** Who asks: the place that a provider is configured for, and the tags that it puts on everything. */
export interface Caller extends Place {
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** What is asked for: a resource's identity in the program. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
}

/** The sandbox cloud: what a provider's service would do, decided from the catalogue, the behaviours and what exists. */
export class Cloud {
  readonly #catalogue: Catalogue;
  readonly #store: Store;
  readonly #faults: FaultPlan;
  /** URNs whose resource the engine already knows: making one anew is a replacement, not the resumption of a lost creation. */
  readonly #known = new Set<string>();

  constructor(parts: { readonly catalogue: Catalogue; readonly store: Store; readonly faults: FaultPlan }) {
    this.#catalogue = parts.catalogue;
    this.#store = parts.store;
    this.#faults = parts.faults;
  }

  /** What is wrong with a provider's configuration. */
  faultsOfConfig(pkg: string, config: Values): readonly Fault[] {
    return this.#catalogue.faultsOfProviderConfig(pkg, config);
  }

  /** Answers a data source; throws `CloudError` for one that is unknown, or asked in a way that it does not understand. */
  invoke(caller: Caller, token: string, args: Values): Values {
    const faults = this.#catalogue.faultsOfInvocation(token, args);
    if (faults.length > 0) {
      const list = faults.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`));
      throw new CloudError("InvalidArgument", `${token}: ${list.join("; ")}`);
    }
    if (holdsUnknown(args))
      throw new CloudError("InvalidArgument", `${token} is asked for something that is not known yet`);
    const answer = invoke(token, args, caller);
    if (answer !== undefined) return answer;
    throw new CloudError("UnknownDataSource", `the sandbox does not answer the data source "${token}"`);
  }

  /** Judges inputs and says what the cloud fills in; `before` are the inputs of the existing resource, if there is one. */
  check(
    caller: Caller,
    subject: Subject,
    before: Values | undefined,
    inputs: Values,
  ): { defaults: Values; faults: readonly Fault[] } {
    if (before !== undefined) this.#known.add(subject.urn);
    const unknown = refusalOf(this.#catalogue, subject.type);
    if (unknown !== undefined) return { defaults: {}, faults: [{ property: "", reason: unknown }] };
    const { behaviour } = taught(this.#catalogue, subject.type);
    const draft = this.#draft(caller, subject, behaviour, inputs);
    return {
      defaults: this.#defaults(draft, behaviour, before),
      faults: this.#catalogue.faultsOf(subject.type, inputs),
    };
  }

  /** What differs between the inputs of an existing resource and those wanted, and whether it must be made anew first removed. */
  diff(
    caller: Caller,
    subject: Subject,
    before: Values,
    inputs: Values,
  ): Difference & { readonly deleteBeforeReplace: boolean } {
    this.#known.add(subject.urn);
    const { spec, behaviour } = taught(this.#catalogue, subject.type);
    const difference = differenceOf(spec, behaviour, before, inputs);
    const draft = this.#draft(caller, subject, behaviour, inputs);
    return {
      ...difference,
      deleteBeforeReplace: difference.replaces.length > 0 && bearsFixedName(draft, behaviour, before),
    };
  }

  /** What creating a resource would answer, without making it. */
  foresee(caller: Caller, subject: Subject, inputs: Values): Made {
    const { spec, behaviour } = taught(this.#catalogue, subject.type);
    return complete(this.#draft(caller, subject, behaviour, inputs), spec, behaviour, caller.defaultTags);
  }

  /** The outputs of a preview that claims to know only what the inputs say: the rest is `UNKNOWN`. */
  conceal(subject: Subject, inputs: Values): Values {
    const { spec } = taught(this.#catalogue, subject.type);
    const computed = spec.outputs.filter((it) => inputs[it] === undefined).map((it) => [it, UNKNOWN] as const);
    return { ...Object.fromEntries(computed), ...inputs };
  }

  /** Makes a resource; making the same one again after a lost answer gives the one that exists. */
  create(caller: Caller, subject: Subject, inputs: Values): Made {
    this.#faults.strike("create", subject);
    const { spec, behaviour } = taught(this.#catalogue, subject.type);
    const draft = this.#free(caller, subject, behaviour, inputs);
    const made = complete(draft, spec, behaviour, caller.defaultTags);
    const own = namesOf(draft, made.id, made.outputs, behaviour);
    const existing = this.#store.find(own[0] ?? "");
    if (existing?.urn === subject.urn && isDeepStrictEqual(existing.inputs, inputs)) {
      return { id: existing.id, outputs: existing.outputs };
    }
    if (existing !== undefined) throw alreadyExists(own[0] ?? "", existing);
    this.#put(draft, made, own, behaviour);
    if (this.#faults.halfFails(subject))
      throw new PartialFailure(`${subject.type} was created but did not become ready`, made.id, made.outputs);
    return made;
  }

  /** Changes an existing resource to the inputs given. */
  update(caller: Caller, subject: Subject, id: string, inputs: Values): Made {
    this.#faults.strike("update", subject);
    const { spec, behaviour } = taught(this.#catalogue, subject.type);
    const existing = this.#find(caller, subject, behaviour, id, inputs);
    if (existing === undefined) throw new CloudError("ResourceNotFound", `${subject.type} ${id} does not exist`);
    const draft = { ...this.#draft(caller, subject, behaviour, inputs), generation: existing.generation };
    const made = { id, outputs: updated(draft, { spec, behaviour }, caller, existing.outputs) };
    this.#put(draft, made, namesOf(draft, id, made.outputs, behaviour), behaviour);
    return made;
  }

  /** The outputs that changing a resource would answer, without changing it; `before` are those that the engine knows. */
  foreseeUpdate(
    caller: Caller,
    subject: Subject,
    { id, before, inputs }: { readonly id: string; readonly before: Values; readonly inputs: Values },
  ): Values {
    const known = taught(this.#catalogue, subject.type);
    const existing = this.#find(caller, subject, known.behaviour, id, inputs);
    if (existing === undefined) return { ...before, ...inputs };
    const draft = { ...this.#draft(caller, subject, known.behaviour, inputs), generation: existing.generation };
    return updated(draft, known, caller, before);
  }

  /** What exists under an id, or `undefined` when it is gone. */
  read(caller: Caller, subject: Subject, id: string, inputs: Values): StoredResource | undefined {
    this.#known.add(subject.urn);
    const { behaviour } = taught(this.#catalogue, subject.type);
    return this.#find(caller, subject, behaviour, id, inputs);
  }

  /** Removes a resource; throws `CloudError` while others still use it. */
  delete(caller: Caller, subject: Subject, id: string, inputs: Values): void {
    this.#faults.strike("delete", subject);
    const { behaviour } = taught(this.#catalogue, subject.type);
    const existing = this.#find(caller, subject, behaviour, id, inputs);
    if (existing === undefined) return;
    const users = this.#store.usersOf(existing).filter((it) => it.urn !== subject.urn);
    if (users.length > 0) {
      const list = users.slice(0, 3).map((it) => it.urn.split("::").slice(2).join("::"));
      throw new CloudError(
        "DependencyViolation",
        `${id} is still used by ${list.join(", ")}${users.length > 3 ? ` and ${users.length - 3} more` : ""}`,
      );
    }
    this.#store.remove(existing);
  }

  #put(draft: Draft, { id, outputs }: Made, names: readonly string[], behaviour: Behaviour): void {
    if (draft.account === UNMADE)
      throw new CloudError("ResourceNotFound", `the Kubernetes cluster at ${draft.region} does not exist`);
    const references = referencesOf(draft, behaviour).filter((it) => !names.includes(it.name));
    for (const { property, value, name } of references) {
      if (this.#store.find(name) !== undefined) continue;
      throw new CloudError(
        "ResourceNotFound",
        `${property} refers to ${value}, which does not exist in account ${draft.account}, region ${draft.region}`,
        property,
      );
    }
    const { account, region, type, urn, inputs, generation } = draft;
    try {
      this.#store.put({
        account,
        region,
        type,
        id,
        urn,
        generation,
        inputs,
        outputs,
        names,
        uses: [...new Set(references.map((it) => it.name))],
      });
    } catch (error) {
      if (!(error instanceof NameTakenError)) throw error;
      throw alreadyExists(error.taken, error.holder);
    }
  }

  #find(
    caller: Caller,
    subject: Subject,
    behaviour: Behaviour,
    id: string,
    inputs: Values,
  ): StoredResource | undefined {
    const draft = this.#draft(caller, subject, behaviour, inputs);
    return this.#store.find(namesOf(draft, id, {}, {} as Behaviour)[0] ?? "");
  }

  /** The draft of a new resource: the first generation whose id nobody bears, unless a creation of it was lost. */
  #free(caller: Caller, subject: Subject, behaviour: Behaviour, inputs: Values): Draft {
    let draft = this.#draft(caller, subject, behaviour, inputs);
    for (; draft.generation < 100; draft = { ...draft, generation: draft.generation + 1 }) {
      const holder = this.#store.find(namesOf(draft, behaviour.id(draft), {}, {} as Behaviour)[0] ?? "");
      if (holder === undefined) return draft;
      const lost =
        holder.urn === subject.urn && !this.#known.has(subject.urn) && isDeepStrictEqual(holder.inputs, inputs);
      if (lost || behaviour.id({ ...draft, generation: draft.generation + 1 }) === behaviour.id(draft)) return draft;
    }
    throw new CloudError("LimitExceeded", `${subject.urn} was made anew a hundred times`);
  }

  #draft(caller: Caller, { urn, type }: Subject, behaviour: Behaviour, inputs: Values): Draft {
    return {
      ...placeOf(caller, behaviour, inputs),
      urn,
      type,
      name: nameOf(urn),
      inputs,
      generation: 0,
    };
  }

  #defaults(draft: Draft, behaviour: Behaviour, before: Values | undefined): Values {
    const filled = Object.entries(behaviour.defaults?.(draft) ?? {}).filter(
      ([key]) => draft.inputs[key] === undefined || isRecord(draft.inputs[key]),
    );
    const { autoname } = behaviour;
    if (
      autoname === undefined ||
      draft.inputs[autoname] !== undefined ||
      draft.inputs[`${autoname}Prefix`] !== undefined
    )
      return Object.fromEntries(filled);
    return {
      ...Object.fromEntries(filled),
      [autoname]: before?.[autoname] ?? this.#freeName(draft, behaviour, autoname),
    };
  }

  /** The first generated name that no other resource bears; the name of a lost creation is taken up again. */
  #freeName(draft: Draft, behaviour: Behaviour, property: string): string {
    if (!this.#known.has(draft.urn)) return autonameOf(draft);
    const names = Array.from({ length: 100 }, (_, generation) => autonameOf({ ...draft, generation }));
    const isFree = (name: string): boolean =>
      uniqueNamesOf({ ...draft, inputs: { ...draft.inputs, [property]: name } }, behaviour).every(
        (it) => this.#store.find(it) === undefined,
      );
    return names.find(isFree) ?? autonameOf(draft);
  }
}

/** The logical name in a URN; it may hold the URN's own separator. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The outputs of a resource after a change of its inputs. */
function updated(draft: Draft, { spec, behaviour }: Taught, { defaultTags }: Caller, before: Values): Values {
  const { outputs } = complete(draft, spec, behaviour, defaultTags);
  return { ...outputs, ...nextRuntimeVersion(draft.type, before) };
}

function alreadyExists(name: string, { account, region, urn }: StoredResource): CloudError {
  return new CloudError(
    "AlreadyExists",
    `"${name.split("#").at(-1) ?? name}" already exists in account ${account}, region ${region} (${urn})`,
  );
}
