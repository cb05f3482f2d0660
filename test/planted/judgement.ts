import type { Plan, PlannedResource } from "../../plan/model.ts";
import { judge } from "../../policies/engine/judge.ts";
import { Platform } from "../../policies/engine/platform.ts";
import { prove } from "../../policies/engine/proof.ts";
import { StackIndex } from "../../policies/engine/stack-index.ts";
import { PROOFS } from "../../policies/proofs/proofs.ts";
import { RULES } from "../../policies/rules.ts";
import { TODAY } from "../support/rule-tester.ts";
import { ChangedEnvironment, type Planted } from "./environment.ts";

/** A violation, as far as it says where it is. */
interface Violation {
  readonly urn: string;
  readonly message: string;
  readonly steps?: readonly string[];
}

/** What is said of a changed environment by one rule or proof. */
export interface Answer {
  /** The name of the rule or of the proof. */
  readonly by: string;
  readonly message: string;
}

/** Judges changes of environments; what is not changed is indexed once. */
export class Judgement {
  readonly #indexes = new WeakMap<Plan, StackIndex>();

  /** What is said of the change where it was made or reaches: by the first rule that refuses it, else by the first proof. */
  onThePath({ change, reaches = [] }: Planted, plans: readonly Plan[]): readonly Answer[] {
    const changed = new ChangedEnvironment(plans);
    change(changed);
    const isRight = rightPath(changed, reaches);
    return this.#byRules(changed, isRight) ?? this.#byProofs(changed, isRight) ?? [];
  }

  #byRules(changed: ChangedEnvironment, isRight: (it: Violation) => boolean): readonly Answer[] | undefined {
    for (const plan of changed.plans.filter(({ stack }) => changed.stacks.includes(stack)))
      for (const it of RULES) {
        const right = judge(plan, TODAY, [it]).rules.flatMap(({ violations }) => violations.filter(isRight));
        if (right.length > 0) return right.map(({ message }) => ({ by: it.name, message }));
      }
    return undefined;
  }

  #byProofs(changed: ChangedEnvironment, isRight: (it: Violation) => boolean): readonly Answer[] | undefined {
    const platform = new Platform(
      changed.plans.map((it) => this.#indexOf(it)),
      TODAY,
    );
    for (const it of PROOFS) {
      const right = prove(platform, [it]).flatMap(({ violations }) => violations.filter(isRight));
      if (right.length > 0) return right.map(({ message }) => ({ by: it.name, message }));
    }
    return undefined;
  }

  #indexOf(plan: Plan): StackIndex {
    const known = this.#indexes.get(plan) ?? new StackIndex(plan, TODAY);
    this.#indexes.set(plan, known);
    return known;
  }
}

/**
 * Whether a violation is of this change: at a resource that was changed, at one that it names or that names it, or in words that name
 * it or what the change reaches.
 */
function rightPath(changed: ChangedEnvironment, reaches: readonly string[]): (it: Violation) => boolean {
  const { touched } = changed;
  const names = [...touched.map((it) => it.name), ...reaches].map((it) => `"${it}"`);
  const all = new Map(changed.plans.flatMap(({ resources }) => resources.map((it) => [it.urn, it])));
  return ({ urn, message, steps = [] }) => {
    const said = [message, ...steps].join(" ");
    const at = all.get(urn);
    return (
      touched.some((it) => it.urn === urn) ||
      names.some((it) => said.includes(it)) ||
      (at !== undefined && touched.some((it) => speaksOf(it, at) || speaksOf(at, it)))
    );
  };
}

/** Whether an input of the one is the id or the ARN that the provider gave to the other; a plain word is no such id. */
function speaksOf({ inputs }: PlannedResource, { outputs }: PlannedResource): boolean {
  const text = JSON.stringify(inputs);
  return ["id", "arn"].some((key) => {
    const id = outputs?.[key];
    return typeof id === "string" && /\d/.test(id) && id.length >= 10 && text.includes(id);
  });
}
