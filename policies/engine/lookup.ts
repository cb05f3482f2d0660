import type { ResourceView } from "./resource-view.ts";
import type { StackIndex } from "./stack-index.ts";
import { UnknownValue } from "./three-values.ts";

/** Computes something at most once per stack. */
export function perStack<T>(compute: (stack: StackIndex) => T): (stack: StackIndex) => T {
  const computed = new WeakMap<StackIndex, { readonly value: T }>();
  return (stack) => {
    let it = computed.get(stack);
    if (it === undefined) computed.set(stack, (it = { value: compute(stack) }));
    return it.value;
  };
}

/** Resources by a key of theirs, which may be unknown for some. */
export class Lookup {
  readonly #known: ReadonlyMap<string, readonly ResourceView[]>;
  readonly #unknown: UnknownValue | undefined;

  constructor(known: ReadonlyMap<string, readonly ResourceView[]>, unknown: UnknownValue | undefined) {
    this.#known = known;
    this.#unknown = unknown;
  }

  /** Those of the key; undetermined when there is none but one whose key is unknown might be. */
  find(key: string | undefined): readonly ResourceView[] {
    const found = key === undefined ? undefined : this.#known.get(key);
    if (found === undefined && this.#unknown !== undefined) throw this.#unknown;
    return found ?? [];
  }

  /** Whether two or more have the key. */
  isShared(key: string): boolean {
    if ((this.#known.get(key)?.length ?? 0) > 1) return true;
    if (this.#unknown !== undefined) throw this.#unknown;
    return false;
  }
}

/** Indexes the resources of some types by what `keyOf` reads from each; `undefined` leaves one out. */
export function lookup(
  types: readonly string[],
  keyOf: (resource: ResourceView, stack: StackIndex) => string | undefined,
): (stack: StackIndex) => Lookup {
  return perStack((stack) => {
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
