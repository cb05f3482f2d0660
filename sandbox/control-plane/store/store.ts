import type { Values } from "../wire.ts";

/** Something that exists in the sandbox cloud. */
export interface StoredResource {
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  /** Counts, from 0, the resources of one URN that exist at the same time. */
  readonly generation: number;
  readonly inputs: Values;
  readonly outputs: Values;
  /** Every name by which others may refer to it, or that no other may have: ids, ARNs, unique names. */
  readonly names: readonly string[];
  /** The names of other resources that it refers to. */
  readonly uses: readonly string[];
}

/** Where the resources of a sandbox are kept; all provider processes of a sandbox share it. */
export interface Store {
  /** The resource that has `name`, or `undefined`. */
  find(name: string): StoredResource | undefined;
  /** Adds or replaces a resource; throws `NameTakenError` when another has one of its names. */
  put(resource: StoredResource): void;
  /** Removes a resource, if it is there. */
  remove(resource: StoredResource): void;
  /** The other resources that refer to one of the names of `resource`. */
  usersOf(resource: StoredResource): readonly StoredResource[];
  /** All resources. */
  all(): readonly StoredResource[];
}

/** A name that another resource already has. */
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
