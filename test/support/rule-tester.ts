import { describe, expect, it } from "vitest";
import type { Day } from "../../contracts/day.ts";
import { judge, type RuleVerdict } from "../../policies/engine/judge.ts";
import type { Plan } from "../../plan/model.ts";
import type { Rule } from "../../policies/engine/rule.ts";
import { planProgram } from "../../tools/offline-planner/plan.ts";

/** A small Pulumi program; or a plan as data, where no program can plan it. */
export type Case = (() => unknown) | Plan;

/** What a rule must say of programs that keep it, break it, or are none of its business. */
export interface RuleCases {
  readonly accepts: Readonly<Record<string, Case>>;
  /** Each with exactly the sentences that the rule must say of it. */
  readonly rejects: Readonly<Record<string, readonly [program: Case, ...messages: readonly [string, ...string[]]]>>;
  readonly ignores?: Readonly<Record<string, Case>>;
}

/** Where the programs run: the stack's name, and whether computed values are known. */
export interface RuleSetting {
  readonly stack?: string;
  readonly preview?: "known" | "realistic";
  /** The day on which the programs are judged. */
  readonly today?: Day;
}

/** A day before every day that the programs speak of. */
export const TODAY: Day = "2026-08-01";

/** A stack of a tenant in the EU, the strictest of all. */
export const TENANT_STACK = "production.eu-west-1.xyz-gmbh";

/** Runs the programs through the offline planner and judges what they ask for by one rule. */
export function testRule(rule: Rule, { accepts, rejects, ignores = {} }: RuleCases, setting: RuleSetting = {}): void {
  describe(rule.name, () => {
    for (const [title, program] of Object.entries(accepts)) {
      it(`accepts ${title}`, async () => {
        const { judged, held, violations, undetermined } = await verdictOf(rule, program, setting);
        expect({ violations, undetermined }).toEqual({ violations: [], undetermined: [] });
        expect(judged).toBeGreaterThan(0);
        expect(held).toBe(judged);
      });
    }
    for (const [title, [program, ...messages]] of Object.entries(rejects)) {
      it(`rejects ${title}`, async () => {
        const { violations } = await verdictOf(rule, program, setting);
        expect(violations.map(({ message }) => message)).toEqual(messages);
      });
    }
    for (const [title, program] of Object.entries(ignores)) {
      it(`ignores ${title}`, async () => {
        const { judged } = await verdictOf(rule, program, setting);
        expect(judged).toBe(0);
      });
    }
  });
}

async function verdictOf(rule: Rule, program: Case, setting: RuleSetting): Promise<RuleVerdict> {
  const { stack = TENANT_STACK, preview = "known", today = TODAY } = setting;
  const plan = typeof program === "function" ? await planOf(program, { stack, preview }) : program;
  const [verdict] = judge(plan, today, [rule]).rules;
  if (verdict === undefined) throw new Error("the judge must answer for every rule");
  return verdict;
}

async function planOf(
  program: () => unknown,
  setting: Required<Pick<RuleSetting, "stack" | "preview">>,
): Promise<Plan> {
  // What a program returns would become outputs of the stack.
  const run = async (): Promise<void> => {
    await program();
  };
  return (await planProgram(run, setting)).plan;
}
