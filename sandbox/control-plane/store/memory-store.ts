import { NameTakenError, type Store, type StoredResource } from "./store.ts";

/** A store in memory, which the offline planner uses. */
export class MemoryStore implements Store {
  readonly #byName = new Map<string, StoredResource>();
  readonly #users = new Map<string, Set<string>>();

  find(name: string): StoredResource | undefined {
    return this.#byName.get(name);
  }

  put(resource: StoredResource): void {
    const [key] = resource.names;
    for (const name of resource.names) {
      const holder = this.#byName.get(name);
      if (holder !== undefined && holder.names[0] !== key) throw new NameTakenError(name, holder);
    }
    const before = key === undefined ? undefined : this.#byName.get(key);
    if (before !== undefined) this.remove(before);
    for (const name of resource.names) this.#byName.set(name, resource);
    for (const used of resource.uses) {
      const users = this.#users.get(used) ?? new Set<string>();
      if (key !== undefined) users.add(key);
      this.#users.set(used, users);
    }
  }

  remove(resource: StoredResource): void {
    const [key] = resource.names;
    const current = key === undefined ? undefined : this.#byName.get(key);
    if (current === undefined || key === undefined) return;
    for (const name of current.names) this.#byName.delete(name);
    for (const used of current.uses) this.#users.get(used)?.delete(key);
  }

  usersOf(resource: StoredResource): readonly StoredResource[] {
    const keys = new Set(resource.names.flatMap((name) => [...(this.#users.get(name) ?? [])]));
    return [...keys].flatMap((key) => (key === resource.names[0] ? [] : (this.#byName.get(key) ?? [])));
  }

  all(): readonly StoredResource[] {
    return [...new Set(this.#byName.values())];
  }
}
