import type { EngineEvent } from "../../engine/events.ts";

/** What the engine calls it when a resource goes; what replaces it is another one. */
const REMOVALS: readonly string[] = ["delete", "replace", "delete-replaced", "create-replacement"];

/** How many resources a run may delete and replace, all stacks together: what was agreed to before it began. */
export class Allowance {
  readonly #most: number;
  readonly #gone = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Any number. */
  static unlimited(): Allowance {
    return new Allowance(Infinity);
  }

  /** Counts what the engine has begun; false once that is more than was agreed to. */
  takes({ op, urn }: EngineEvent & { readonly kind: "resource" }): boolean {
    if (REMOVALS.includes(op)) this.#gone.add(urn);
    return this.#gone.size <= this.#most;
  }

  /** What is said of a stack that was stopped for it. */
  get words(): string {
    return `stopped: it was about to delete or replace more than the ${this.#most} resources that were agreed to; "npx alicerce plan" tells what is left`;
  }
}
