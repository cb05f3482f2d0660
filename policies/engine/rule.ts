import type { Control } from "./frameworks.ts";
import { premiseOf, type PremiseId } from "./premises.ts";
import type { ResourceView } from "./resource-view.ts";
import type { StackIndex } from "./stack-index.ts";
import type { Absence } from "./three-values.ts";

/** How bad a violation is. */
export type Severity = "critical" | "high" | "medium" | "low";

/** Which resources a rule is about. */
export interface Subjects {
  /** Pulumi types; a type that ends in `*` stands for all that begin so. */
  readonly types: readonly string[];
  readonly where?: (resource: ResourceView, stack: StackIndex) => boolean;
}

/** What a fact says of a resource: nothing (it holds), a sentence that names it (violated), or that something is missing. */
export type Fault = string | Absence | undefined;

/** One thing that must be true of each subject; facts of a rule are judged apart, so that one's unknown hides no other. */
export type Fact = (resource: ResourceView, stack: StackIndex) => Fault | readonly Fault[];

/** What an author writes. */
export interface RuleDefinition {
  readonly premise: PremiseId;
  /** The truth that holds when the rule passes; the name of its file. */
  readonly id: string;
  readonly severity: Severity;
  /** Why it must be so: a sentence. */
  readonly description: string;
  /** How to get there: a sentence. */
  readonly remediation: string;
  readonly frameworks: readonly [Control, ...Control[]];
  readonly subjects: Subjects;
  readonly judge: Fact | readonly Fact[];
}

/** A rule as the judge and the pack see it. */
export interface Rule extends Omit<RuleDefinition, "judge"> {
  /** The published name: the premise, then the id. */
  readonly name: string;
  /** Whether a violation stops a deployment. */
  readonly mandatory: boolean;
  readonly facts: readonly Fact[];
}

/** Completes a definition; the one place where severity becomes enforcement. */
export function rule({ judge, ...definition }: RuleDefinition): Rule {
  return {
    ...definition,
    name: `${premiseOf(definition.premise).prefix}-${definition.id}`,
    mandatory: definition.severity === "critical" || definition.severity === "high",
    facts: typeof judge === "function" ? [judge] : judge,
  };
}
