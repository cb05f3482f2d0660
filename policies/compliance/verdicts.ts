import type { Finding } from "../engine/judge.ts";
import type { Requirement } from "../engine/rule.ts";
import { FRAMEWORKS, rulesFor } from "./coverage.ts";
import { UNCOVERED } from "./framework.ts";

/**
 * What is said of a control: `held` where its rules judged something and found nothing, `exempt` where all that they found is, and `not
 * judged` where nothing in the plans is what its rules are about, or its proofs were not run.
 */
export type ControlWord = "held" | "violated" | "undetermined" | "exempt" | "not judged" | "not covered";

/** A control as reports hold it. */
export interface ControlVerdict {
  readonly reference: string;
  readonly about: string;
  readonly verdict: ControlWord;
  readonly rules: readonly string[];
  /** Why it is not covered. */
  readonly why?: string;
}

/** The controls of one framework. */
export interface FrameworkVerdict {
  readonly framework: string;
  readonly version: string;
  readonly controls: readonly ControlVerdict[];
}

/** A rule or a proof, and whether it had anything to judge. */
export interface Judging {
  readonly rule: Requirement;
  readonly hasJudged: boolean;
}

type Found = Finding & { readonly rule: Requirement };

/** What was found, by what it is. */
export interface AllFound {
  readonly violations: readonly Found[];
  readonly undetermined: readonly Found[];
  readonly exempted: readonly Found[];
}

/** What rules and proofs say of each control. A control holds as far as a plan can show it: that is no certificate. */
export function complianceOf(judging: readonly Judging[], found: AllFound): readonly FrameworkVerdict[] {
  const rules = [...new Map(judging.map((it) => [it.rule.name, it.rule])).values()];
  const words = wordsOf(judging, found);
  return FRAMEWORKS.map((framework) => ({
    framework: framework.name,
    version: framework.version,
    controls: framework.controls.map((control) => {
      const { reference, about } = control;
      if (control.uncovered !== undefined)
        return { reference, about, verdict: "not covered", rules: [], why: UNCOVERED[control.uncovered] };
      const names = rulesFor(framework, control, rules);
      return { reference, about, verdict: worst(names.map((it) => words(it))), rules: names };
    }),
  }));
}

const ORDER = ["violated", "undetermined", "exempt", "held"] as const;

function worst(words: readonly ControlWord[]): ControlWord {
  return ORDER.find((it) => words.includes(it)) ?? "not judged";
}

function wordsOf(judging: readonly Judging[], found: AllFound): (name: string) => ControlWord {
  const namesIn = (all: readonly Found[]): ReadonlySet<string> => new Set(all.map((it) => it.rule.name));
  const sets: readonly (readonly [ControlWord, ReadonlySet<string>])[] = [
    ["violated", namesIn(found.violations)],
    ["undetermined", namesIn(found.undetermined)],
    ["exempt", namesIn(found.exempted)],
    ["held", new Set(judging.filter((it) => it.hasJudged).map((it) => it.rule.name))],
  ];
  return (name) => sets.find(([, names]) => names.has(name))?.[0] ?? "not judged";
}
