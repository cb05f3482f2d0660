import type { Mutant } from "./mutant.ts";

/** Why mutants survive: what no rule and no proof says. The first that fits is told. */
const REASONS: readonly (readonly [why: string, isOf: (mutant: Mutant) => boolean])[] = [
  [
    "Less is granted, and no path of `contracts/paths.ts` goes through it: what functions, gateways and the deployment need for their own work is not proved yet.",
    ({ operator, property, type }) =>
      (property.includes('"') && ["leftOut", "oneActionLess", "otherEffect"].includes(operator)) ||
      (/:RolePolicy(?:Attachment)?$/.test(type) && ["cut", "leftOut", "sibling"].includes(operator)),
  ],
  [
    "A condition, an action or a principal of this statement is wider, and rules ask of such statements less than that.",
    ({ property }) => property.includes('"'),
  ],
  [
    "The way a web ACL or a distribution sorts requests is read in part.",
    ({ type }) => /:(?:wafv2|cloudfront)\//.test(type),
  ],
  [
    "Nothing works without it, and no proof says that capacity or telemetry is there.",
    ({ described, operator }) => described === "inert" || operator === "zero" || operator === "large",
  ],
  ["A resource is missing or elsewhere, and no rule demands it.", ({ described }) => described === "whole"],
  ["The description says that nothing reads it yet.", ({ described }) => described === "unread"],
  [
    "It names another resource of the stack, or none, by a name that no rule compares.",
    ({ operator }) => operator === "cut" || operator === "sibling",
  ],
  [
    "What nobody knows is not asked for, since it is read for what it must not be.",
    ({ operator }) => operator === "unknown",
  ],
  ["It is left out, and no rule demands it.", ({ operator }) => operator === "leftOut" || operator === "emptied"],
];

/** Why a mutant survives. */
export function whyAlive(mutant: Mutant | undefined): string {
  if (mutant === undefined) throw new TypeError("a survivor is no mutant");
  return REASONS.find(([, isOf]) => isOf(mutant))?.[0] ?? "No rule reads it in this way yet.";
}
