import { type Day, dayOf } from "../../../contracts/day.ts";
import type { Plan } from "../../../plan/model.ts";
import type { PreviewMode } from "../../../sandbox/control-plane/preview-mode.ts";
import { isCounted } from "../../engine/counting.ts";
import { PROJECT } from "../../engine/folders.ts";
import { type Judgement, summarize } from "../judgement.ts";
import { counted, duration, note, StatusLine } from "../text/terminal.ts";
import { endingSoon } from "./ending-soon.ts";
import { type Proved, provedOver } from "./proved.ts";

/** What is planned and judged: stacks, and all stacks of the environment where proofs are to run as well. */
export interface Subject {
  readonly addresses: readonly string[];
  /** Every stack of the environment, in an order in which each comes after those it reads from; absent for no proofs. */
  readonly proveOver?: readonly string[];
}

/**
 * Plans stacks without an engine, and judges them; the SDKs are loaded only here, so that other commands start at once. Proofs need every
 * stack of the environment, so those that are not judged are planned for them.
 */
export async function planAndJudge({ addresses, proveOver }: Subject, preview: PreviewMode): Promise<Judgement> {
  const startedAt = Date.now();
  const line = new StatusLine();
  const planned = proveOver ?? addresses;
  const show = (done: number): void =>
    line.show(`planning · ${done} of ${counted(planned.length, "stack")} · ${duration(Date.now() - startedAt)}`);
  try {
    show(0);
    await warnOfStaleContracts();
    const [{ planStacks }, { judgeExempting }] = await Promise.all([
      import("../../offline-planner/plan.ts"),
      import("../../../policies/exemptions/exempting.ts"),
    ]);
    let done = 0;
    const all = await planStacks(planned, { preview, onStack: () => show((done += 1)) });
    const today = dayOf(new Date(startedAt));
    const plans = all.filter((it) => addresses.includes(it.address));
    const judged = plans.map((it) => it.plan);
    const { verdicts, ...exemptions } = judgeExempting(judged, today);
    const proved = proveOver && (await proveAll(all, today));
    const stacks = plans.map(({ address, plan, durationMs, warnings }) => {
      const resources = plan.resources.filter(isCounted).length;
      return { address, resources, durationMs, warnings: [...warnings, ...endingSoon(plan, today)] };
    });
    return {
      preview,
      stacks,
      plans: judged,
      ...summarize(verdicts, proved, exemptions),
      ...(proved !== undefined && { proved }),
      durationMs: Date.now() - startedAt,
    };
  } finally {
    line.clear();
  }
}

/** What proofs need is loaded only where they run. */
async function proveAll(plans: readonly { readonly plan: Plan }[], today: Day): Promise<Proved> {
  const { PROOFS } = await import("../../../policies/proofs/proofs.ts");
  const all = plans.map((it) => it.plan);
  return provedOver(all, today, PROOFS);
}

/** What a server offers is planned from its contract, so a change of its sources is not in the plan until that is written anew. */
async function warnOfStaleContracts(): Promise<void> {
  const { staleContracts } = await import("../../build/contract-sources.ts");
  for (const it of await staleContracts(PROJECT))
    note(
      `Warning: services/mcp/${it}/ has changed since its contract was written. To plan what it offers now: npm run build`,
    );
}
