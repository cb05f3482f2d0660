import { dayOf } from "../../contracts/day.ts";
import type { Finding, Verdict } from "../../policies/engine/judge.ts";
import type { Plan } from "../../plan/model.ts";
import { PREMISES, type PremiseId } from "../../policies/engine/premises.ts";
import type { Rule } from "../../policies/engine/rule.ts";
import { isCounted } from "../engine/counting.ts";
import { PROJECT } from "../engine/folders.ts";
import type { PreviewMode } from "../../sandbox/control-plane/preview-mode.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { counted, duration, note, StatusLine } from "./text/terminal.ts";

/** A rule that does not hold, or cannot be decided, of one resource of one stack. */
export interface Judged extends Finding {
  readonly rule: Rule;
  readonly stack: string;
}

/** What is said of one premise over all stacks. */
export interface PremiseVerdict {
  readonly id: PremiseId;
  readonly title: string;
  readonly rules: number;
  readonly judged: number;
  readonly held: number;
  readonly violated: number;
  readonly undetermined: number;
}

/** One planned stack. */
export interface PlannedStack {
  readonly address: string;
  /** How many resources it declares, by `isCounted`. */
  readonly resources: number;
  readonly durationMs: number;
  readonly warnings: readonly string[];
}

/** The plans of an environment's stacks, and what the rules say of them. */
export interface Judgement {
  readonly preview: PreviewMode;
  readonly stacks: readonly PlannedStack[];
  /** What was judged, one for each stack. */
  readonly plans: readonly Plan[];
  readonly premises: readonly PremiseVerdict[];
  readonly violations: readonly Judged[];
  readonly undetermined: readonly Judged[];
  readonly durationMs: number;
}

/** Plans stacks without an engine, and judges them; the SDKs are loaded only here, so that other commands start at once. */
export async function planAndJudge(addresses: readonly string[], preview: PreviewMode): Promise<Judgement> {
  const startedAt = Date.now();
  const line = new StatusLine();
  const show = (done: number): void =>
    line.show(`planning · ${done} of ${counted(addresses.length, "stack")} · ${duration(Date.now() - startedAt)}`);
  try {
    show(0);
    await warnOfStaleContracts();
    const [{ planStacks }, { judge }] = await Promise.all([
      import("../offline-planner/plan.ts"),
      import("../../policies/engine/judge.ts"),
    ]);
    let done = 0;
    const plans = await planStacks(addresses, { preview, onStack: () => show((done += 1)) });
    const today = dayOf(new Date(startedAt));
    const verdicts = plans.map((it) => judge(it.plan, today));
    const stacks = plans.map(({ address, plan, durationMs, warnings }) => {
      return { address, resources: plan.resources.filter(isCounted).length, durationMs, warnings };
    });
    return {
      preview,
      stacks,
      plans: plans.map((it) => it.plan),
      ...summarize(verdicts),
      durationMs: Date.now() - startedAt,
    };
  } finally {
    line.clear();
  }
}

/** What a server offers is planned from its contract, so a change of its sources is not in the plan until that is written anew. */
async function warnOfStaleContracts(): Promise<void> {
  const { staleContracts } = await import("../build/contract-sources.ts");
  for (const it of await staleContracts(PROJECT))
    note(
      `Warning: services/mcp/${it}/ has changed since its contract was written. To plan what it offers now: npm run build`,
    );
}

/** What keeps an environment from being deployed: broken mandatory rules, and undecided ones where everything should be known. */
export function obstaclesOf({ preview, violations, undetermined }: Judgement): readonly Judged[] {
  return [...violations, ...(preview === "known" ? undetermined : [])].filter((it) => it.rule.mandatory);
}

/** The exit code of a judgement: violated rules before those that cannot be decided, and `ok` where nothing keeps from deploying. */
export function exitCodeOfJudgement(judgement: Judgement): ExitCode {
  if (judgement.violations.some((it) => it.rule.mandatory)) return EXIT.premiseViolated;
  return obstaclesOf(judgement).length > 0 ? EXIT.undetermined : EXIT.ok;
}

/** Adds up the verdicts of stacks by premise. */
export function summarize(verdicts: readonly Verdict[]): Pick<Judgement, "premises" | "violations" | "undetermined"> {
  const all = verdicts.flatMap(({ stack, rules }) => rules.map((it) => ({ ...it, stack })));
  const findings = (of: "violations" | "undetermined"): readonly Judged[] =>
    all.flatMap((it) => distinct(it[of]).map((finding) => ({ ...finding, rule: it.rule, stack: it.stack })));
  const premises = PREMISES.map(({ id, title }) => {
    const ours = all.filter((it) => it.rule.premise === id);
    const sum = (count: (it: (typeof ours)[number]) => number): number =>
      ours.reduce((total, it) => total + count(it), 0);
    return {
      id,
      title,
      rules: new Set(ours.map((it) => it.rule.name)).size,
      judged: sum((it) => it.judged),
      held: sum((it) => it.held),
      violated: sum((it) => resourcesIn(it.violations)),
      undetermined: sum((it) => resourcesIn(it.undetermined)),
    };
  });
  return { premises, violations: findings("violations"), undetermined: findings("undetermined") };
}

/** One fault of a resource may be found by several facts of a rule. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((it) => [`${it.urn} ${it.message}`, it])).values()];
}

function resourcesIn(findings: readonly Finding[]): number {
  return new Set(findings.map((it) => it.urn)).size;
}
