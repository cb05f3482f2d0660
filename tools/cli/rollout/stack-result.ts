import type { Plan } from "../../../plan/model.ts";
import type { Operation, OperationOptions, OperationResult } from "../../engine/stack.ts";
import type { Allowance } from "./allowance.ts";

/** How one stack fared, or why it was left out. */
export interface StackResult extends Omit<OperationResult, "outcome"> {
  readonly outcome: OperationResult["outcome"] | "left out";
}

/** Is told how far the stacks are. */
export interface Observer {
  started(address: string): void;
  ended(result: StackResult): void;
}

/** What is to be done to which stacks. */
export interface Deployment {
  readonly operation: Operation;
  readonly addresses: readonly string[];
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** What each stack is planned to be, where that is known and every proof holds: the pack's gate reads it. */
  readonly plans?: readonly Plan[];
  /** How many resources each stack's operation goes through, where that is known. */
  readonly totals?: ReadonlyMap<string, number>;
  /** What may be deleted and replaced: the first stack that goes beyond it is stopped. */
  readonly allowance?: Allowance;
  readonly options?: Pick<OperationOptions, "policyPacks" | "expectNoChanges">;
  /** Told of each stack as the work on it begins and ends; one that is left out only ends. */
  readonly observer?: Observer;
}
