import { stringifyPlan } from "../../../plan/loaders/plan-json.ts";
import { foldersOf } from "../../engine/folders.ts";
import { examples, previewOption, stackCommand } from "../arguments.ts";
import type { StackChanges } from "../../offline-planner/changes.ts";
import type { PreviewMode } from "../../../sandbox/control-plane/preview-mode.ts";
import { changesData, sayChanges, sayStrays } from "../text/change-text.ts";
import { compare } from "../rollout/comparison.ts";
import { UsageError, wordsFor } from "../exit-code.ts";
import { exitCodeOfJudgement, type Judgement, planAndJudge } from "../judgement.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { sayReport } from "../text/next-steps.ts";
import { type Report, reported } from "../../report/report.ts";
import { requireSarif, SARIF_OPTION, type SarifOption, saySarif } from "../judging/sarif-file.ts";
import { select, type Selection, strays } from "../selection.ts";
import { note, say } from "../text/terminal.ts";

interface PlanOptions {
  readonly stack?: string;
  readonly json: boolean;
  readonly model: boolean;
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
  .option(...SARIF_OPTION)
  .addHelpText(
    "after",
    examples(
      ["alicerce plan", "every stack of production"],
      ["alicerce plan staging --json", "as data"],
      ["alicerce plan --sarif findings.sarif", "for code scanning, beside the text"],
      [
        "alicerce plan --stack production.eu-west-1 --preview realistic",
        "one stack, as a real cloud's preview knows it",
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

async function planned(
  { environment, addresses }: Selection,
  { json, model, preview, sarif }: PlanOptions,
  report: Report,
): Promise<void> {
  const stop = report.endOnSignal();
  const judgement = await planAndJudge(addresses, preview);
  stop();
  await report.judged(judgement);
  if (model) {
    for (const it of judgement.plans) say(stringifyPlan(it));
    return; // the reader judges
  }
  const changes = await changesIn(judgement);
  const left = await strays(environment, foldersOf());
  const isPrinted = await saySarif(sarif, judgement, { id: `plan/${environment}` });
  if (json) {
    const data = { ...judgementData(judgement), changes: changes && changesData(changes), noLongerInTheData: left };
    say(JSON.stringify({ environment, ...data }, null, 2));
  } else if (!isPrinted) {
    sayJudgement(judgement);
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
