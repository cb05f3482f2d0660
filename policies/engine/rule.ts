import type { Control } from "./frameworks.ts";
import { premiseOf, type PremiseId } from "./premises.ts";
import type { ResourceView } from "./resource-view.ts";
import type { StackIndex } from "./stack-index.ts";
import type { Absence } from "./three-values.ts";

/** How severe a violation is; `critical` and `high` stop a deployment. */
export type Severity = "critical" | "high" | "medium" | "low";

/** Which resources a rule is about. */
export interface Subjects {
  /** Pulumi types; a type that ends in `*` stands for all types with that beginning. */
  readonly types: readonly string[];
  readonly where?: (resource: ResourceView, stack: StackIndex) => boolean;
}

/** The result of a fact: `undefined` (it holds), a sentence that names the resource (violated), or an `Absence` (something is missing). */
export type Fault = string | Absence | undefined;

/** One thing that must be true of each subject. Each fact of a rule is judged by itself: an unknown in one does not hide another. */
export type Fact = (resource: ResourceView, stack: StackIndex) => Fault | readonly Fault[];

/** What a rule or a proof demands, as its author says it. */
export interface Demand {
  readonly premise: PremiseId;
  /** What is true when it passes, in words with hyphens; also the name of its file. */
  readonly id: string;
  readonly severity: Severity;
  /** What must be so, and why: a sentence. */
  readonly description: string;
  /** What to change when it is violated: a sentence. */
  readonly remediation: string;
  readonly frameworks: readonly [Control, ...Control[]];
}

/** What findings say of the rule or the proof that they are of. */
export interface Requirement extends Demand {
  /** The published name: the prefix of the premise, then the id. */
  readonly name: string;
  /** Whether a violation stops a deployment. */
  readonly mandatory: boolean;
}

/**
 * Which of its subjects a rule judges in stacks that are not this platform's (see `StackIndex.isOurs`): all of them, or those of the
 * listed types. A rule that rests on the platform's addresses, tags, labels or conventions judges none there.
 */
export type ForeignScope = "all" | readonly string[];

/** A rule as its author writes it. */
export interface RuleDefinition extends Demand {
  readonly subjects: Subjects;
  readonly foreign?: ForeignScope;
  readonly judge: Fact | readonly Fact[];
}

/** A rule as the judge and the pack see it. */
export interface Rule extends Requirement {
  readonly subjects: Subjects;
  readonly foreign?: ForeignScope;
  readonly facts: readonly Fact[];
}

/** Makes a rule of its definition. */
export function rule({ judge, ...definition }: RuleDefinition): Rule {
  return { ...definition, ...published(definition), facts: typeof judge === "function" ? [judge] : judge };
}

/** The name of a demand, and whether it stops a deployment: the only place where severity becomes enforcement. */
export function published({ premise, id, severity }: Demand): Pick<Requirement, "name" | "mandatory"> {
  return {
    name: `${premiseOf(premise).prefix}-${id}`,
    mandatory: severity === "critical" || severity === "high",
  };
}
