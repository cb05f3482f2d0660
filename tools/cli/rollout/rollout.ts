import { type Engine, prepareEngine } from "../../engine/engine.ts";
import { foldersOf } from "../../engine/folders.ts";
import type { StackChanges } from "../../offline-planner/changes.ts";
import { type Agreement, agreeToChanges } from "./agreement.ts";
import type { Allowance } from "./allowance.ts";
import { sayChanges } from "../text/change-text.ts";
import { compare, refine, totalsOf } from "./comparison.ts";
import type { Deployment, StackResult } from "./stack-result.ts";
import { deploy } from "./deployment.ts";
import type { Judgement } from "../judgement.ts";
import { withStatus } from "../text/terminal.ts";

/** A deployment that has been agreed to: what it does to each stack, and the engine that is to do it. */
export interface AgreedRollout {
  readonly engine: Engine;
  readonly changes: readonly StackChanges[];
  readonly allowance: Allowance;
}

/** Finds out what deploying would change, says it unless `quiet`, and has it agreed to; throws `NotAgreedError`. */
export async function agreeOnRollout(
  { plans }: Judgement,
  agreement: Agreement & { readonly quiet: boolean },
  signal: AbortSignal,
): Promise<AgreedRollout> {
  const compared = await compare(plans, foldersOf());
  const engine = await withStatus((onProgress) => prepareEngine({ onProgress, signal }));
  const changes = await refine(engine, compared, signal);
  if (!agreement.quiet) sayChanges(changes);
  return { engine, changes, allowance: await agreeToChanges(changes, agreement, signal) };
}

/** Deploys what has been judged and agreed to. */
export async function rollOut(
  { plans }: Judgement,
  { engine, changes, allowance }: AgreedRollout,
  how: Pick<Deployment, "parallel" | "signal" | "observer">,
): Promise<readonly StackResult[]> {
  return deploy(engine, {
    operation: "up",
    addresses: plans.map((it) => it.stack),
    ...how,
    plans,
    totals: totalsOf(changes),
    allowance,
    options: { policyPacks: ["policies"] },
  });
}
