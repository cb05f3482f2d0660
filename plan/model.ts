/** Stands in a plan for a value that is only known after a resource has been created. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A line of a file; the path is relative to the project of the program, with `/` between its parts. */
export interface Source {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** One resource as a program asked for it; the same shape whatever the plan was read from. */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for component resources, which only group others. */
  readonly custom: boolean;
  /** The inputs after the provider's defaults; secrets are plain values, and what is not known yet is `UNKNOWN` at any depth. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the provider answered; absent where the source of the plan does not hold it. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  /** URN of the provider resource that creates it. */
  readonly provider?: string;
  readonly dependencies: readonly string[];
  /** URNs of the resources that each top-level input came from; absent where that is not known (in the policy pack, before the creation). */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Where the program registered it; absent where the source of the plan does not say. */
  readonly source?: Source;
}

/** Everything one stack asks for: the same shape from the offline planner, the policy pack and a state file. */
export interface Plan {
  /** The stack's name, which is its address. */
  readonly stack: string;
  /** False while more resources may still be registered. */
  readonly complete: boolean;
  readonly resources: readonly PlannedResource[];
}
