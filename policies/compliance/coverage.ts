import type { Demand, Requirement } from "../engine/rule.ts";
import { AWS } from "./aws.ts";
import type { Framework, ListedControl } from "./framework.ts";
import { REFERENCED } from "./referenced.ts";
import { SPECIFIED } from "./specified.ts";

/** Every framework of which controls are listed, those of the specification first. */
export const FRAMEWORKS: readonly Framework[] = [...SPECIFIED, ...REFERENCED, ...AWS];

type Known = Pick<Requirement, "name"> & Pick<Demand, "frameworks">;

/** The names of those rules and proofs that help to meet a control. */
export function rulesFor(framework: Framework, control: ListedControl, known: readonly Known[]): readonly string[] {
  const isNamed = ({ frameworks }: Known): boolean =>
    frameworks.some((it) => it.framework === framework.name && it.reference === control.reference);
  return known.filter((it) => isNamed(it) || control.rules?.includes(it.name) === true).map((it) => it.name);
}

/** The controls that a rule or a proof helps to meet, such as "NIST CSF PR.DS-01". */
export function controlsOf(requirement: Known): readonly string[] {
  return FRAMEWORKS.flatMap((framework) =>
    framework.controls
      .filter((it) => rulesFor(framework, it, [requirement]).length > 0)
      .map((it) => `${framework.name} ${it.reference}`),
  );
}
