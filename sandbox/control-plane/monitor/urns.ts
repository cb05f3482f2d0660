import { qualifiedTypeOf } from "../../../plan/urn.ts";
import { RefusedError } from "./refused.ts";

/** The type of the resource that stands for the stack itself. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** What a URN is made of. */
interface Named {
  readonly type: string;
  readonly name: string;
  /** A URN, or "" for none. */
  readonly parent: string;
}

/** Gives out the URNs of one stack, each once; the form is the engine's. */
export class Urns {
  readonly #project: string;
  readonly #stack: string;
  /** Type with the types of the parents, by URN. */
  readonly #qualifiedTypes = new Map<string, string>();

  constructor({ project, stack }: { readonly project: string; readonly stack: string }) {
    this.#project = project;
    this.#stack = stack;
  }

  /** The URN that a resource without a parent would get. */
  rootOf(type: string, name: string): string {
    return `urn:pulumi:${this.#stack}::${this.#project}::${type}::${name}`;
  }

  /** The URN that a registration would get. */
  of(it: Named): string {
    return this.rootOf(this.#qualifiedTypeOf(it), it.name);
  }

  /** Gives a URN to a registration. Throws `RefusedError` when another registration has it. */
  claim(it: Named): string {
    const qualified = this.#qualifiedTypeOf(it);
    const urn = this.rootOf(qualified, it.name);
    if (this.#qualifiedTypes.has(urn))
      throw new RefusedError(`duplicate resource URN "${urn}": give one of the two another name`);
    this.#qualifiedTypes.set(urn, qualified);
    return urn;
  }

  /** Whether a registration has the URN. */
  has(urn: string): boolean {
    return this.#qualifiedTypes.has(urn);
  }

  /** Whether the URN is that of the stack itself. */
  isStack(urn: string): boolean {
    return this.#qualifiedTypes.get(urn) === STACK_TYPE;
  }

  #qualifiedTypeOf({ type, parent }: Named): string {
    const parentType = parent === "" ? "" : (this.#qualifiedTypes.get(parent) ?? qualifiedTypeOf(parent));
    return parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  }
}
