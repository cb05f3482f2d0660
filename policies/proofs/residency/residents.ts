import { RESIDENCIES, type Residency, residencyOf } from "../../../environments/residency.ts";
import type { Placed } from "../../engine/platform.ts";
import type { Recorder } from "../../engine/proof.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { unlessUnknown } from "../../engine/three-values.ts";
import { mayBeIn } from "../../facts/geography.ts";
import { ownerOf, regionOf } from "../isolation/tenants.ts";

/** Whose data must stay where: a tenant's, or that of all tenants of a region. */
export interface Resident {
  readonly whose: string;
  readonly residency: Residency;
}

/** Whose data is in a stack; `undefined` for an environment's own stack, which keeps none. */
export function residentOf(stack: StackIndex): Resident | undefined {
  const residency = declared(stack) ?? residencyOf(regionOf(stack) ?? "");
  if (residency === undefined) return undefined;
  const tenant = ownerOf(stack);
  return { whose: tenant === undefined ? `the tenants of ${regionOf(stack) ?? ""}` : `tenant "${tenant}"`, residency };
}

/** Records that data goes to a place, unless it may be there; a place that is not known is no place of the set. */
export function keepIn(
  resident: Resident,
  at: Placed,
  place: string | undefined,
  record: Recorder,
  steps: readonly string[],
): boolean {
  const { whose, residency } = resident;
  if (mayBeIn(place, residency)) return true;
  const set = RESIDENCIES[residency].join(" and ");
  const where = place ?? "a place that is not known";
  record.violated(
    at,
    `"${at.resource.name}" must keep data of ${whose} in the residency "${residency}" (${set}), not in ${where}.`,
    [...steps, `It is in ${where}, outside ${set}.`],
  );
  return false;
}

/** What a resource is, and where it is declared, as a sentence. */
export function isDeclared({ resource, stack }: Placed): string {
  return `"${resource.name}" is ${resource.type} in ${stack.name}.`;
}

function declared(stack: StackIndex): Residency | undefined {
  return unlessUnknown(
    () => stack.residency,
    () => undefined,
  );
}
