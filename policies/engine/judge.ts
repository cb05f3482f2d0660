import type { Day } from "../../contracts/day.ts";
import type { Plan, Source } from "../../plan/model.ts";
import type { ResourceView } from "./resource-view.ts";
import type { Fault, Rule } from "./rule.ts";
import { RULES } from "../rules.ts";
import { StackIndex } from "./stack-index.ts";
import { Absence, UnknownValue } from "./three-values.ts";

/** A violation by one resource, or a doubt about it. */
export interface Finding {
  readonly urn: string;
  readonly name: string;
  /** A sentence that names the resource and says what must be true. */
  readonly message: string;
  /** Where the resource was registered; absent where the plan does not say. */
  readonly source?: Source;
  /** The path of the value that was unknown; only of an undetermined finding. */
  readonly path?: string;
}

/** The result of one rule for one stack. */
export interface RuleVerdict {
  readonly rule: Rule;
  /** Number of resources that the rule is about. */
  readonly judged: number;
  /** Number of those for which it holds, with every value known. */
  readonly held: number;
  readonly violations: readonly Finding[];
  readonly undetermined: readonly Finding[];
}

/** The results of all rules for one stack. */
export interface Verdict {
  readonly stack: string;
  /** The day on which it was judged: some rules speak of days. */
  readonly today: Day;
  readonly rules: readonly RuleVerdict[];
}

interface Tally {
  readonly violations: Finding[];
  readonly undetermined: Finding[];
}

/**
 * Judges a plan by the rules. With `among`, only resources for whose URN it is true are judged; the others are context. The judge has
 * no clock: the same plan has the same verdict on the same day.
 */
export function judge(
  plan: Plan,
  today: Day,
  rules: readonly Rule[] = RULES,
  among?: (urn: string) => boolean,
): Verdict {
  return judgeStack(new StackIndex(plan, today), rules, among);
}

/** Judges the stack of an index, which proofs may read too, as `judge` does. */
export function judgeStack(
  stack: StackIndex,
  rules: readonly Rule[] = RULES,
  among?: (urn: string) => boolean,
): Verdict {
  return { stack: stack.name, today: stack.today, rules: rules.map((it) => judgeRule(it, stack, among)) };
}

function judgeRule(rule: Rule, stack: StackIndex, among?: (urn: string) => boolean): RuleVerdict {
  const tally: Tally = { violations: [], undetermined: [] };
  let judged = 0;
  let held = 0;
  for (const resource of stack.ofType(...typesIn(rule, stack))) {
    if (among !== undefined && !among(resource.urn)) continue;
    const before = tally.violations.length + tally.undetermined.length;
    if (!judgeResource(rule, resource, stack, tally)) continue;
    judged += 1;
    if (tally.violations.length + tally.undetermined.length === before) held += 1;
  }
  return { rule, judged, held, ...tally };
}

/** The types of which a rule judges resources in the stack. */
function typesIn({ subjects, foreign = [] }: Rule, stack: StackIndex): readonly string[] {
  return stack.isOurs || foreign === "all" ? subjects.types : foreign;
}

/** Returns whether the rule is about the resource at all. */
function judgeResource(rule: Rule, resource: ResourceView, stack: StackIndex, tally: Tally): boolean {
  let isSubject = true;
  guarded(rule, resource, tally, () => {
    isSubject = rule.subjects.where?.(resource, stack) ?? true;
    if (!isSubject) return;
    for (const fact of rule.facts) {
      guarded(rule, resource, tally, () => {
        const faults = fact(resource, stack);
        for (const fault of Array.isArray(faults) ? (faults as readonly Fault[]) : [faults as Fault]) {
          record(fault, resource, stack, tally);
        }
      });
    }
  });
  return isSubject;
}

function guarded(rule: Rule, resource: ResourceView, tally: Tally, body: () => void): void {
  try {
    body();
  } catch (error) {
    if (error instanceof UnknownValue) doubt(resource, error.path, tally);
    else tally.violations.push(violation(resource, failure(rule, resource, error)));
  }
}

function record(fault: Fault, resource: ResourceView, stack: StackIndex, tally: Tally): void {
  if (fault === undefined) return;
  if (!(fault instanceof Absence)) tally.violations.push(violation(resource, fault));
  else if (stack.complete) tally.violations.push(violation(resource, fault.message));
  else doubt(resource, "resources that have yet to be registered", tally);
}

function violation({ named }: ResourceView, message: string): Finding {
  return { ...named, message };
}

/** Records that a resource cannot be judged yet; several facts of one rule that need the same value are recorded once. */
function doubt({ urn, name, named }: ResourceView, path: string, { undetermined }: Tally): void {
  const last = undetermined.at(-1);
  if (last?.urn === urn && last.path === path) return;
  undetermined.push({ ...named, message: `"${name}" cannot be judged before this is known: ${path}.`, path });
}

/** Names the error and the place in the rule, but not the error's message, which may quote secrets of what was judged. */
function failure(rule: Rule, { name }: ResourceView, error: unknown): string {
  if (!(error instanceof Error)) return `"${name}" must be judged by ${rule.name}, which failed.`;
  const place = /([\w.-]+\.[cm]?[jt]s):(\d+):\d+/.exec(error.stack ?? "");
  const where = place === null ? "" : ` at ${place[1] ?? ""}:${place[2] ?? ""}`;
  return `"${name}" must be judged by ${rule.name}, which failed with ${error.name}${where}.`;
}
