import type { Finding } from "./judge.ts";
import type { Placed, Platform } from "./platform.ts";
import { type Demand, published, type Requirement } from "./rule.ts";
import { UnknownValue } from "./three-values.ts";
import { UnreadableDocument } from "./unreadable-document.ts";

/** What a proof went through, such as 1,806 pairs of principal and store. */
export interface Enumerated {
  readonly what: string;
  readonly count: number;
}

/** A counter-example, or a doubt. */
export interface ProofFinding extends Finding {
  readonly stack: string;
  /** The way from where it begins to what it reaches, or to the hop that is cut: one sentence each. */
  readonly steps: readonly string[];
}

/** The result of one proof for one environment. */
export interface ProofVerdict {
  readonly proof: Proof;
  readonly enumerated: readonly Enumerated[];
  readonly violations: readonly ProofFinding[];
  readonly undetermined: readonly ProofFinding[];
}

/** A proof as its author writes it: a demand on all stacks of an environment together. */
export interface ProofDefinition extends Demand {
  readonly prove: (platform: Platform, record: Recorder) => void;
}

/** A proof as the judge sees it. */
export interface Proof extends Requirement {
  readonly prove: ProofDefinition["prove"];
}

/** Makes a proof of its definition. */
export function proof(definition: ProofDefinition): Proof {
  return { ...definition, ...published(definition) };
}

/** How it is told that something is not known, or cannot be read. */
interface Told {
  readonly unknown: (path: string) => ProofFinding;
  readonly unread: (why: string) => ProofFinding;
}

/** Takes down what a proof goes through and finds. */
export class Recorder {
  readonly violations: ProofFinding[] = [];
  readonly undetermined: ProofFinding[] = [];
  readonly #counts = new Map<string, number>();

  /** Counts what was gone through; counts of the same `what` add up. */
  count(what: string, count = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }

  /** A counter-example at the resource: a sentence that names it, and the way to it. */
  violated({ resource, stack }: Placed, message: string, steps: readonly string[] = []): void {
    this.violations.push({ ...resource.named, stack: stack.name, message, steps });
  }

  /** Does what reads values of the resource; an unknown one is a doubt about it, a document that cannot be read a violation. */
  guarded({ resource, stack }: Placed, body: () => void): void {
    const at = { ...resource.named, stack: stack.name, steps: [] };
    this.#told(body, {
      unknown: (path) => ({ ...at, message: `"${resource.name}" cannot be judged before this is known: ${path}.` }),
      unread: (why) => ({ ...at, message: `"${resource.name}" must hold a policy document that can be read: ${why}.` }),
    });
  }

  /** Does what reads values of many resources; what is not known, or cannot be read, of none of them in particular is told of all stacks. */
  guardedAll({ stacks }: Platform, body: () => void): void {
    const stack = stacks[0]?.name ?? "";
    const at = { urn: `urn:pulumi:${stack}`, name: stack, stack, steps: [] };
    this.#told(body, {
      unknown: (path) => ({
        ...at,
        message: `The stacks cannot be judged together before this is known of each: ${path}.`,
      }),
      unread: (why) => ({ ...at, message: `The stacks must hold policy documents that can be read: of one, ${why}.` }),
    });
  }

  /** Any error but these two is thrown: nothing is taken for proven. */
  #told(body: () => void, { unknown, unread }: Told): void {
    try {
      body();
    } catch (error) {
      if (error instanceof UnknownValue) this.undetermined.push({ ...unknown(error.path), path: error.path });
      else if (error instanceof UnreadableDocument) this.violations.push(unread(error.message));
      else throw error;
    }
  }

  get enumerated(): readonly Enumerated[] {
    return [...this.#counts].map(([what, count]) => ({ what, count }));
  }
}

/**
 * Proves, or finds what speaks against it. A value that is not known and that belongs to no resource in particular is a doubt about all
 * stacks, a document that cannot be read a violation. Any other error in a proof is thrown: nothing is taken for proven.
 */
export function prove(platform: Platform, proofs: readonly Proof[]): readonly ProofVerdict[] {
  return proofs.map((it) => {
    const record = new Recorder();
    record.guardedAll(platform, () => it.prove(platform, record));
    const { enumerated, violations, undetermined } = record;
    return { proof: it, enumerated, violations, undetermined };
  });
}
