import { oncePer } from "./once-per.ts";
import type { ResourceView } from "./resource-view.ts";
import type { StackIndex } from "./stack-index.ts";
import { UnknownValue } from "./three-values.ts";

/** Resources by a key, which may be unknown for some of them. */
export class Lookup {
  readonly #known: ReadonlyMap<string, readonly ResourceView[]>;
  readonly #unknown: UnknownValue | undefined;

  constructor(known: ReadonlyMap<string, readonly ResourceView[]>, unknown: UnknownValue | undefined) {
    this.#known = known;
    this.#unknown = unknown;
  }

  /** The resources with the key. Throws `UnknownValue` when there is none and the key of another resource is unknown. */
  find(key: string | undefined): readonly ResourceView[] {
    const found = key === undefined ? undefined : this.#known.get(key);
    if (found === undefined && this.#unknown !== undefined) throw this.#unknown;
    return found ?? [];
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
  return oncePer((stack: StackIndex) => {
    const known = new Map<string, ResourceView[]>();
    let unknown: UnknownValue | undefined;
    for (const it of stack.ofType(...types)) {
      try {
        const key = keyOf(it, stack);
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
  });
}
