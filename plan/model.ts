/** Stands in a plan for a value that is only known once something has been created. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** One resource as a program asked for it, whichever way the plan was obtained. */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for component resources, which only group others. */
  readonly custom: boolean;
  /** What was asked for, after the provider's defaults; secrets are plain values, what is not known yet is `UNKNOWN` at any depth. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the provider answered, where the loader has it. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  /** URN of the provider resource that serves it. */
  readonly provider?: string;
  readonly dependencies: readonly string[];
  /** Which resources each top-level input came from; absent where the loader cannot know (a resource seen alone, before its creation). */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** Everything one stack asks for: the same shape from the plan lane, the policy pack and a state file. */
export interface Plan {
  /** The stack's name, which is its address. */
  readonly stack: string;
  /** False while resources may still be registered, so that what is absent may yet come. */
  readonly complete: boolean;
  readonly resources: readonly PlannedResource[];
}
