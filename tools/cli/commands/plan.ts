import { stringifyProvedPlan } from "../../../plan/loaders/proved-plan.ts";
import { foldersOf } from "../../engine/folders.ts";
import { examples, previewOption, stackCommand } from "../arguments.ts";
import type { StackChanges } from "../../offline-planner/changes.ts";
import type { PreviewMode } from "../../../sandbox/control-plane/preview-mode.ts";
import { changesData, sayChanges, sayStrays } from "../text/change-text.ts";
import { compare } from "../rollout/comparison.ts";
import { UsageError, wordsFor } from "../exit-code.ts";
import { exitCodeOfJudgement, type Judgement, obstaclesOfProofs } from "../judgement.ts";
import { planAndJudge } from "../judging/plan-and-judge.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { sayProofs } from "../text/proofs-text.ts";
import { sayReport } from "../text/next-steps.ts";
import { type Report, reported } from "../../report/report.ts";
import { type PlannedSelection, select, strays } from "../selection.ts";
import { requireSarif, SARIF_OPTION, type SarifOption, saySarif } from "../judging/sarif-file.ts";
import { note, say } from "../text/terminal.ts";

interface PlanOptions {
  readonly stack?: string;
  readonly json: boolean;
  readonly model: boolean;
  readonly proofs: boolean;
  readonly sarif?: SarifOption;
  readonly preview: PreviewMode;
}

/** `alicerce plan`: what every stack would be, and whether the premises hold; needs no engine and no account. */
export const plan = stackCommand(
  "plan",
  "Plan stacks, judge them by the premises and compare them with what is deployed: no engine, nothing changed.",
)
  .addOption(previewOption("known"))
  .option("--model", "print the plan itself, as the policy pack reads it; needs --stack", false)
  .option(
    "--proofs",
    "tell what each proof went through; with --stack, run the proofs, for which every stack of the environment is planned",
    false,
  )
  .option(...SARIF_OPTION)
  .addHelpText(
    "after",
    examples(
      ["alicerce plan", "every stack of production"],
      ["alicerce plan staging --json", "as data"],
      ["alicerce plan --proofs", "and what each proof went through, over all stacks of production"],
      ["alicerce plan --sarif findings.sarif", "for code scanning, beside the text"],
      [
        "alicerce plan --stack production.eu-west-1 --preview realistic",
        "one stack without proofs, as a real cloud's preview knows it",
      ],
    ),
  )
  .action(async (environment: string | undefined, options: PlanOptions) => {
    const selection = await select(environment, options.stack);
    if (options.model && options.stack === undefined)
      throw new UsageError("--model prints one plan: name its stack by --stack");
    await requireSarif(options.sarif, options.json);
    const about = { command: "plan", ...selection } as const;
    await reported(foldersOf().report, about, (report) => planned(selection, options, report));
  });

async function planned(selection: PlannedSelection, options: PlanOptions, report: Report): Promise<void> {
  const { addresses, all } = selection;
  const proveOver = options.proofs || addresses.length === all.length ? all : undefined;
  const judgement = await planAndJudge({ addresses, ...(proveOver && { proveOver }) }, options.preview);
  await report.judged(judgement);
  // The reader of a plan judges it, but has no plans of other stacks to prove over.
  if (options.model) {
    const refutations = judgement.proved && obstaclesOfProofs(judgement);
    for (const it of judgement.plans) say(stringifyProvedPlan(it, refutations));
  } else await tell(judgement, selection, options, report);
}

async function tell(
  judgement: Judgement,
  { environment }: PlannedSelection,
  { json, proofs, sarif }: PlanOptions,
  report: Report,
): Promise<void> {
  const changes = await changesIn(judgement);
  const left = await strays(environment, foldersOf());
  const isPrinted = await saySarif(sarif, judgement, { id: `plan/${environment}` });
  if (json) {
    const data = { ...judgementData(judgement), changes: changes && changesData(changes), noLongerInTheData: left };
    say(JSON.stringify({ environment, ...data }, null, 2));
  } else if (!isPrinted) {
    sayJudgement(judgement);
    if (proofs) sayProofs(judgement.proved);
    if (changes !== undefined) sayChanges(changes);
    sayStrays(left);
    if (judgement.violations.length + judgement.undetermined.length > 0) sayReport(report);
  }
  process.exitCode = exitCodeOfJudgement(judgement);
}

/** Where something of a plan is unknown, or a state cannot be read, nothing can be compared. */
async function changesIn({ preview, plans }: Judgement): Promise<readonly StackChanges[] | undefined> {
  if (preview !== "known") return undefined;
  try {
    return await compare(plans, foldersOf());
  } catch (error) {
    note(`What would change cannot be told: ${wordsFor(error)}`);
    return undefined;
  }
}
