import { isDeepStrictEqual } from "node:util";
import type { Behaviour, Draft } from "../behaviours/behaviour.ts";
import { NameTakenError, type Store, type StoredResource } from "../store/store.ts";
import { ABSENT_CLUSTER } from "./caller.ts";
import { type Created, autonameOf } from "./created.ts";
import { CloudError } from "./errors.ts";
import { namesOf, ownNameOf, referencesOf, uniqueNamesOf } from "./names.ts";

/** How often a resource may be replaced while its predecessor still exists. */
const MOST_GENERATIONS = 100;

/** What exists in the sandbox cloud: keeps names unique and references whole. */
export class Inventory {
  readonly #store: Store;
  /** URNs of which the engine knows a resource: creating one of these is a replacement, not the retry of a creation whose answer was lost. */
  readonly #known = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Takes note that the engine knows a resource of that URN. */
  noteKnown(urn: string): void {
    this.#known.add(urn);
  }

  /** The resource of the draft's type and place under an id, or `undefined` when there is none. */
  find(draft: Draft, id: string): StoredResource | undefined {
    return this.#store.find(ownNameOf(draft, id));
  }

  /** Adds or replaces a resource; throws `CloudError` for a reference to what does not exist and for a name that is taken. */
  put(draft: Draft, created: Created, behaviour: Behaviour): void {
    if (draft.account === ABSENT_CLUSTER)
      throw new CloudError("ResourceNotFound", `the Kubernetes cluster at ${draft.region} does not exist`);
    const names = namesOf(draft, created, behaviour);
    const uses = this.#usesOf(draft, names, behaviour);
    const { account, region, type, urn, inputs, generation } = draft;
    try {
      this.#store.put({ account, region, type, ...created, urn, generation, inputs, names, uses });
    } catch (error) {
      if (!(error instanceof NameTakenError)) throw error;
      throw alreadyExists(error.taken, error.holder);
    }
  }

  /** Removes a resource; throws `CloudError` (`DependencyViolation`) while resources of other URNs refer to it. */
  remove(resource: StoredResource): void {
    const users = this.#store.usersOf(resource).filter((it) => it.urn !== resource.urn);
    if (users.length > 0) {
      const list = users.slice(0, 3).map((it) => it.urn.split("::").slice(2).join("::"));
      throw new CloudError(
        "DependencyViolation",
        `${resource.id} is still used by ${list.join(", ")}${users.length > 3 ? ` and ${users.length - 3} more` : ""}`,
      );
    }
    this.#store.remove(resource);
  }

  /** The draft in the first generation whose id is free, or whose resource was created by this very request before its answer was lost. */
  unusedGeneration(first: Draft, behaviour: Behaviour): Draft {
    for (let draft = first; draft.generation < MOST_GENERATIONS; draft = nextOf(draft)) {
      const holder = this.find(draft, behaviour.id(draft));
      if (holder === undefined || this.#isRetry(draft, holder)) return draft;
      if (behaviour.id(nextOf(draft)) === behaviour.id(draft)) return draft;
    }
    throw new CloudError("LimitExceeded", `${first.urn} was replaced ${MOST_GENERATIONS} times`);
  }

  /** The first generated name that no other resource has; a creation that is retried gets the name that it had. */
  unusedName(draft: Draft, behaviour: Behaviour, property: string): string {
    if (!this.#known.has(draft.urn)) return autonameOf(draft, behaviour);
    const names = Array.from({ length: MOST_GENERATIONS }, (_, generation) =>
      autonameOf({ ...draft, generation }, behaviour),
    );
    const isFree = (name: string): boolean =>
      uniqueNamesOf({ ...draft, inputs: { ...draft.inputs, [property]: name } }, behaviour).every(
        (it) => this.#store.find(it) === undefined,
      );
    return names.find(isFree) ?? autonameOf(draft, behaviour);
  }

  #isRetry({ urn, inputs }: Draft, holder: StoredResource): boolean {
    return holder.urn === urn && !this.#known.has(urn) && isDeepStrictEqual(holder.inputs, inputs);
  }

  /** The names of other resources that the inputs refer to, each once. */
  #usesOf(draft: Draft, ownNames: readonly string[], behaviour: Behaviour): readonly string[] {
    const references = referencesOf(draft, behaviour).filter((it) => !ownNames.includes(it.name));
    const dangling = references.find(({ name }) => this.#store.find(name) === undefined);
    const held = references.filter((it) => behaviour.outlives?.includes(it.property) !== true);
    if (dangling === undefined) return [...new Set(held.map((it) => it.name))];
    const { property, value } = dangling;
    throw new CloudError(
      "ResourceNotFound",
      `${property} refers to ${value}, which does not exist in account ${draft.account}, region ${draft.region}`,
      property,
    );
  }
}

/** The error for a name that another resource has. */
export function alreadyExists(name: string, { account, region, urn }: StoredResource): CloudError {
  return new CloudError(
    "AlreadyExists",
    `"${name.split("#").at(-1) ?? name}" already exists in account ${account}, region ${region} (${urn})`,
  );
}

function nextOf(draft: Draft): Draft {
  return { ...draft, generation: draft.generation + 1 };
}
