import { INFERENCE_GEOGRAPHY, RESIDENCIES, type Residency } from "../../environments/residency.ts";
import type { StackIndex } from "../engine/stack-index.ts";

/** Whether data of the residency may be in the region. */
export function mayBeIn(region: string | undefined, residency: Residency): boolean {
  return region !== undefined && (RESIDENCIES[residency] as readonly string[]).includes(region);
}

/** A region's name, as AWS writes it in hosts and ARNs. */
const REGION =
  /\b[a-z]{2}(?:-(?:gov|iso[a-z]?))?-(?:central|east|north|northeast|northwest|south|southeast|southwest|west)-\d\b/g;

/** The names of regions in a text, whether the platform knows them or not. */
export function regionsIn(text: string): readonly string[] {
  return text.toLowerCase().match(REGION) ?? [];
}

/** Whether an inference profile, such as `eu.anthropic.…`, stays in the geography of the residency. */
export function staysInGeography(profile: string, residency: Residency): boolean {
  const geography = INFERENCE_GEOGRAPHY[residency];
  return geography !== undefined && profile.startsWith(`${geography}.`);
}

/** Whether a residency applies to the stack: to all but an environment's own stack, which keeps no tenant's data. */
export function isGoverned(stack: StackIndex): boolean {
  return stack.residency !== undefined;
}

/** The residency that applies to a stack; throws `TypeError` for a stack without one (see `isGoverned`). */
export function residencyIn(stack: StackIndex): Residency {
  const { residency } = stack;
  if (residency === undefined) throw new TypeError("the stack has no residency");
  return residency;
}
