import type { Plan } from "../../plan/model.ts";
import { plans } from "../infra/plans.ts";
import { type Edit, edited } from "./proofs/edits.ts";

/** The shipped plan of a stack. */
export function shipped(stack: string): Plan {
  return plans.get(stack)!.plan;
}

/** The shipped plan of a stack after an edit of some resources; without `change` these are left out. */
export function shippedWith(stack: string, type: string, name: Edit["name"], change?: Edit["change"]): Plan {
  return edited([shipped(stack)], { type, name, ...(change && { change }) })[0]!;
}
