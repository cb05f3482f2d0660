import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../../contracts/json.ts";
import { UNKNOWN } from "../../../plan/model.ts";
import { nameOf } from "../../../plan/urn.ts";
import { nextRuntimeVersion } from "../behaviours/agentcore.ts";
import type { Behaviour, Draft } from "../behaviours/behaviour.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { CheckFailure } from "../catalogue/spec.ts";
import { invoke } from "../data-sources/data-sources.ts";
import type { FaultPlan } from "../faults.ts";
import type { Store, StoredResource } from "../store/store.ts";
import { type Values, holdsUnknown } from "../wire.ts";
import type { Caller } from "./caller.ts";
import { type Created, createdFrom, hasFixedName } from "./created.ts";
import { type Difference, differenceOf } from "./diff.ts";
import { CloudError, PartialFailure } from "./errors.ts";
import { Inventory, alreadyExists } from "./inventory.ts";
import { ownNameOf, placeOf } from "./names.ts";
import { type TypeDefinition, definitionOf, refusalOf } from "./type-definition.ts";

/** What is asked for: a resource's identity in the program. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
}

/** The sandbox cloud: what a provider's service would do, decided from the resource catalogue, the behaviours and what exists. */
export class Cloud {
  readonly #catalogue: Catalogue;
  readonly #inventory: Inventory;
  readonly #faults: FaultPlan;

  constructor(parts: { readonly catalogue: Catalogue; readonly store: Store; readonly faults: FaultPlan }) {
    this.#catalogue = parts.catalogue;
    this.#inventory = new Inventory(parts.store);
    this.#faults = parts.faults;
  }

  /** What is wrong with a provider's configuration. */
  checkConfig(pkg: string, config: Values): readonly CheckFailure[] {
    return this.#catalogue.checkProviderConfig(pkg, config);
  }

  /** Answers a data source; throws `CloudError` for one that is unknown, and for arguments that are wrong or not known yet. */
  invoke(caller: Caller, token: string, args: Values): Values {
    const failures = this.#catalogue.checkInvocation(token, args);
    if (failures.length > 0) {
      const list = failures.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`));
      throw new CloudError("InvalidArgument", `${token}: ${list.join("; ")}`);
    }
    if (holdsUnknown(args))
      throw new CloudError("InvalidArgument", `${token} is asked for something that is not known yet`);
    const answer = invoke(token, args, caller);
    if (answer !== undefined) return answer;
    throw new CloudError("UnknownDataSource", `the sandbox does not answer the data source "${token}"`);
  }

  /** Validates inputs and says what the cloud fills in; `before` are the inputs of the existing resource, if there is one. */
  check(
    caller: Caller,
    subject: Subject,
    before: Values | undefined,
    inputs: Values,
  ): { defaults: Values; failures: readonly CheckFailure[] } {
    if (before !== undefined) this.#inventory.noteKnown(subject.urn);
    const refusal = refusalOf(this.#catalogue, subject.type);
    if (refusal !== undefined) return { defaults: {}, failures: [{ property: "", reason: refusal }] };
    const { behaviour } = this.#definitionOf(subject);
    const draft = draftOf(caller, subject, behaviour, inputs);
    return {
      defaults: this.#defaults(draft, behaviour, before),
      failures: this.#catalogue.checkInputs(subject.type, inputs),
    };
  }

  /** How the inputs wanted differ from those of the existing resource, and whether it must be deleted before its replacement is created. */
  diff(
    caller: Caller,
    subject: Subject,
    before: Values,
    inputs: Values,
  ): Difference & { readonly deleteBeforeReplace: boolean } {
    this.#inventory.noteKnown(subject.urn);
    const { spec, behaviour } = this.#definitionOf(subject);
    const difference = differenceOf(spec, behaviour, before, inputs);
    const draft = draftOf(caller, subject, behaviour, inputs);
    return {
      ...difference,
      deleteBeforeReplace: difference.replaces.length > 0 && hasFixedName(draft, behaviour, before),
    };
  }

  /** What creating a resource would answer, without creating it. */
  predictCreate(caller: Caller, subject: Subject, inputs: Values): Created {
    const definition = this.#definitionOf(subject);
    return createdFrom(draftOf(caller, subject, definition.behaviour, inputs), definition, caller.defaultTags);
  }

  /** The outputs that a realistic preview shows: the inputs, and `UNKNOWN` for everything that the cloud computes. */
  unknownOutputs(subject: Subject, inputs: Values): Values {
    const { spec } = this.#definitionOf(subject);
    const computed = spec.outputs.filter((it) => inputs[it] === undefined).map((it) => [it, UNKNOWN] as const);
    return { ...Object.fromEntries(computed), ...inputs };
  }

  /** Creates a resource; creating it again after a lost answer gives the one that exists. Throws `CloudError` and `PartialFailure`. */
  create(caller: Caller, subject: Subject, inputs: Values): Created {
    this.#faults.inject("create", subject);
    const definition = this.#definitionOf(subject);
    const { behaviour } = definition;
    const draft = this.#inventory.unusedGeneration(draftOf(caller, subject, behaviour, inputs), behaviour);
    const created = createdFrom(draft, definition, caller.defaultTags);
    const existing = this.#inventory.find(draft, created.id);
    if (existing?.urn === subject.urn && isDeepStrictEqual(existing.inputs, inputs))
      return { id: existing.id, outputs: existing.outputs };
    if (existing !== undefined) throw alreadyExists(ownNameOf(draft, created.id), existing);
    this.#inventory.put(draft, created, behaviour);
    if (this.#faults.halfFails(subject))
      throw new PartialFailure(`${subject.type} was created but did not become ready`, created.id, created.outputs);
    return created;
  }

  /** Changes an existing resource to the inputs given; throws `CloudError` (`ResourceNotFound`) when it does not exist. */
  update(caller: Caller, subject: Subject, id: string, inputs: Values): Created {
    this.#faults.inject("update", subject);
    const definition = this.#definitionOf(subject);
    const { behaviour } = definition;
    const wanted = draftOf(caller, subject, behaviour, inputs);
    const existing = this.#inventory.find(wanted, id);
    if (existing === undefined) throw new CloudError("ResourceNotFound", `${subject.type} ${id} does not exist`);
    const draft = { ...wanted, generation: existing.generation };
    const updated = { id, outputs: updatedOutputs(draft, definition, caller, existing.outputs) };
    this.#inventory.put(draft, updated, behaviour);
    return updated;
  }

  /** The outputs that changing a resource would answer, without changing it; `before` are those that the engine knows. */
  predictUpdate(
    caller: Caller,
    subject: Subject,
    { id, before, inputs }: { readonly id: string; readonly before: Values; readonly inputs: Values },
  ): Values {
    const definition = this.#definitionOf(subject);
    const wanted = draftOf(caller, subject, definition.behaviour, inputs);
    const existing = this.#inventory.find(wanted, id);
    if (existing === undefined) return { ...before, ...inputs };
    return updatedOutputs({ ...wanted, generation: existing.generation }, definition, caller, before);
  }

  /** What exists under an id, or `undefined` when it is gone. */
  read(caller: Caller, subject: Subject, id: string, inputs: Values): StoredResource | undefined {
    this.#inventory.noteKnown(subject.urn);
    return this.#inventory.find(draftOf(caller, subject, this.#definitionOf(subject).behaviour, inputs), id);
  }

  /** Deletes a resource, if it exists; throws `CloudError` (`DependencyViolation`) while others still refer to it. */
  delete(caller: Caller, subject: Subject, id: string, inputs: Values): void {
    this.#faults.inject("delete", subject);
    const draft = draftOf(caller, subject, this.#definitionOf(subject).behaviour, inputs);
    const existing = this.#inventory.find(draft, id);
    if (existing !== undefined) this.#inventory.remove(existing);
  }

  #definitionOf({ type }: Subject): TypeDefinition {
    return definitionOf(this.#catalogue, type);
  }

  #defaults(draft: Draft, behaviour: Behaviour, before: Values | undefined): Values {
    const { inputs } = draft;
    const filled = Object.entries(behaviour.defaults?.(draft) ?? {}).filter(
      ([key]) => inputs[key] === undefined || isRecord(inputs[key]),
    );
    const { autoname } = behaviour;
    const isNamed =
      autoname === undefined || inputs[autoname] !== undefined || inputs[`${autoname}Prefix`] !== undefined;
    if (isNamed) return Object.fromEntries(filled);
    const name = before?.[autoname] ?? this.#inventory.unusedName(draft, behaviour, autoname);
    return { ...Object.fromEntries(filled), [autoname]: name };
  }
}

/** A resource as it is asked for, in the first generation. */
function draftOf(caller: Caller, { urn, type }: Subject, behaviour: Behaviour, inputs: Values): Draft {
  return { ...placeOf(caller, behaviour, inputs), urn, type, name: nameOf(urn), inputs, generation: 0 };
}

/** The outputs of a resource after a change of its inputs. */
function updatedOutputs(draft: Draft, definition: TypeDefinition, { defaultTags }: Caller, before: Values): Values {
  const { outputs } = createdFrom(draft, definition, defaultTags);
  return { ...outputs, ...nextRuntimeVersion(draft.type, before) };
}
