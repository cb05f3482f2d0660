import type { Values } from "../wire.ts";

/** Something that exists in the sandbox cloud. */
export interface StoredResource {
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  /** Which of the resources made for its URN it is, counted from 0. */
  readonly generation: number;
  readonly inputs: Values;
  readonly outputs: Values;
  /** Every name by which others may refer to it, or that no other may bear: ids, ARNs, unique names. */
  readonly names: readonly string[];
  /** The names, as others bear them, that it refers to. */
  readonly uses: readonly string[];
}

/** Where what exists is kept; shared by every provider process of a sandbox. */
export interface Store {
  /** What bears `name`, if anything does. */
  find(name: string): StoredResource | undefined;
  /** Adds or replaces a resource; throws `NameTakenError` when another bears one of its names. */
  put(resource: StoredResource): void;
  /** Removes a resource; nothing happens when it is gone already. */
  remove(resource: StoredResource): void;
  /** The other resources that refer to one of the names of `resource`. */
  usersOf(resource: StoredResource): readonly StoredResource[];
  /** Everything that exists. */
  all(): readonly StoredResource[];
}

/** A name that another resource already bears. */
export class NameTakenError extends Error {
  readonly code = "ERR_NAME_TAKEN";
  readonly taken: string;
  readonly holder: StoredResource;

  constructor(taken: string, holder: StoredResource) {
    super(`"${taken}" is already taken by ${holder.urn}`);
    this.name = "NameTakenError";
    this.taken = taken;
    this.holder = holder;
  }
}
