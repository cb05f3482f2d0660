import { isRecord } from "../../contracts/json.ts";
import type { Plan } from "../model.ts";
import { parsePlan, stringifyPlan } from "./plan-json.ts";

/** What speaks against deploying any stack of an environment: a proof over all of them that is violated, or cannot be decided. */
export interface Refutation {
  /** The published name of the proof. */
  readonly proof: string;
  /** The stack and the URN of the resource that it is about. */
  readonly stack: string;
  readonly urn: string;
  readonly message: string;
  /** The way to the counter-example, one sentence each. */
  readonly steps: readonly string[];
}

/** The plan of one stack, with what the proofs over all stacks of its environment have found. */
export interface ProvedPlan {
  readonly plan: Plan;
  readonly refutations: readonly Refutation[];
}

/** Writes a plan as JSON, as `stringifyPlan` does, with the member `refutations` where proofs were run. */
export function stringifyProvedPlan(plan: Plan, refutations: readonly Refutation[] | undefined): string {
  return stringifyPlan(refutations === undefined ? plan : { ...plan, ...{ refutations } });
}

/** Reads a plan that `stringifyProvedPlan` wrote. Throws as `parsePlan` does, and `TypeError` for a plan over which nothing was proved. */
export function parseProvedPlan(text: string): ProvedPlan {
  const { stack, complete, resources, ...rest }: Plan & { readonly refutations?: unknown } = parsePlan(text);
  const { refutations } = rest;
  if (!Array.isArray(refutations) || !refutations.every(isRefutation))
    throw new TypeError('a plan must have "refutations": what proofs over all stacks of its environment have found');
  return { plan: { stack, complete, resources }, refutations };
}

function isRefutation(value: unknown): value is Refutation {
  if (!isRecord(value)) return false;
  const { proof, stack, urn, message, steps } = value;
  return [proof, stack, urn, message].every((it) => typeof it === "string") && Array.isArray(steps);
}
