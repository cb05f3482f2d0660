import { oncePer } from "./once-per.ts";
import type { Placed, Platform } from "./platform.ts";
import type { ResourceView } from "./resource-view.ts";
import type { StackIndex } from "./stack-index.ts";
import { UnknownValue, unlessUnknown } from "./three-values.ts";

/** Resources by a key, which may be unknown for some of them. */
export class Lookup<T = ResourceView> {
  readonly #known: ReadonlyMap<string, readonly T[]>;
  readonly #unknown: UnknownValue | undefined;

  constructor(known: ReadonlyMap<string, readonly T[]>, unknown: UnknownValue | undefined) {
    this.#known = known;
    this.#unknown = unknown;
  }

  /** The resources with the key. Throws `UnknownValue` when there is none and the key of another resource is unknown. */
  find(key: string | undefined): readonly T[] {
    const found = key === undefined ? undefined : this.#known.get(key);
    if (found === undefined && this.#unknown !== undefined) throw this.#unknown;
    return found ?? [];
  }

  /** All resources with the key. Throws `UnknownValue` when the key of one is unknown, which might be another of them. */
  all(key: string): readonly T[] {
    if (this.#unknown !== undefined) throw this.#unknown;
    return this.#known.get(key) ?? [];
  }

  /** Whether two or more resources have the key. Throws `UnknownValue` when one more might. */
  isShared(key: string): boolean {
    if ((this.#known.get(key)?.length ?? 0) > 1) return true;
    if (this.#unknown !== undefined) throw this.#unknown;
    return false;
  }
}

/** An index of the resources of some types by the key that `keyOf` reads; a resource without a key is left out. */
export function lookup(
  types: readonly string[],
  keyOf: (resource: ResourceView, stack: StackIndex) => string | undefined,
): (stack: StackIndex) => Lookup {
  return oncePer((stack: StackIndex) => indexed(stack.ofType(...types), (it) => keyOf(it, stack)));
}

/** An index as `lookup` makes it, of the resources of all stacks. */
export function lookupInAll(
  types: readonly string[],
  keyOf: (placed: Placed) => string | undefined,
): (platform: Platform) => Lookup<Placed> {
  return oncePer((platform: Platform) => indexed(platform.ofType(...types), keyOf));
}

/**
 * The resources of some types that may have the key that `read` answers: those with it, and those of which the keys are not known; all of
 * them where `read` does not know. Of all others a predicate is false that demands the key, so that not each need be asked for each.
 */
export function candidates(
  types: readonly string[],
  keysOf: (resource: ResourceView) => readonly (string | undefined)[],
): (stack: StackIndex, read: () => string | undefined) => readonly ResourceView[] {
  const indexOf = oncePer((stack: StackIndex) => {
    const index = new Map<Key, ResourceView[]>();
    for (const it of stack.ofType(...types)) {
      const keys = unlessUnknown(() => keysOf(it), notKnown);
      for (const key of new Set<Key>(keys === NOT_KNOWN ? [NOT_KNOWN] : keys)) {
        const same = index.get(key);
        if (same === undefined) index.set(key, [it]);
        else same.push(it);
      }
    }
    return index;
  });
  return (stack, read) => {
    const key: Key = unlessUnknown(read, notKnown);
    if (key === NOT_KNOWN) return stack.ofType(...types);
    const index = indexOf(stack);
    const [known = [], unknown = []] = [index.get(key), index.get(NOT_KNOWN)];
    return unknown.length === 0 ? known : [...known, ...unknown];
  };
}

const NOT_KNOWN = Symbol("a key that is not known");
const notKnown = (): typeof NOT_KNOWN => NOT_KNOWN;
type Key = string | undefined | typeof NOT_KNOWN;

function indexed<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Lookup<T> {
  const known = new Map<string, T[]>();
  let unknown: UnknownValue | undefined;
  for (const it of items) {
    try {
      const key = keyOf(it);
      if (key === undefined) continue;
      const same = known.get(key);
      if (same === undefined) known.set(key, [it]);
      else same.push(it);
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      unknown ??= error;
    }
  }
  return new Lookup(known, unknown);
}
