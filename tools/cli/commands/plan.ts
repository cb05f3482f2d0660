import { stringifyPlan } from "../../../plan/loaders/plan-json.ts";
import { foldersOf } from "../../engine/folders.ts";
import { examples, previewOption, stackCommand } from "../arguments.ts";
import { EXIT, UsageError } from "../exit-code.ts";
import { planAndJudge } from "../judgement.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { sayReport } from "../next-steps.ts";
import { type Report, reported } from "../../report/report.ts";
import { select, type Selection } from "../selection.ts";
import { say } from "../text/terminal.ts";
import type { PreviewMode } from "../../../sandbox/control-plane/preview-mode.ts";

interface PlanOptions {
  readonly stack?: string;
  readonly json: boolean;
  readonly model: boolean;
  readonly preview: PreviewMode;
}

/** `alicerce plan`: what every stack would be, and whether the premises hold; needs no engine and no account. */
export const plan = stackCommand(
  "plan",
  "Plan stacks and judge them by the premises: no engine, no account, nothing changed.",
)
  .addOption(previewOption("known"))
  .option("--model", "print the plan itself, as the policy pack reads it; needs --stack", false)
  .addHelpText(
    "after",
    examples(
      ["alicerce plan", "every stack of production"],
      ["alicerce plan staging --json", "as data"],
      [
        "alicerce plan --stack production.eu-west-1 --preview realistic",
        "one stack, as a real cloud's preview knows it",
      ],
    ),
  )
  .action(async (environment: string | undefined, options: PlanOptions) => {
    const selection = select(environment, options.stack);
    if (options.model && options.stack === undefined)
      throw new UsageError("--model prints one plan: name its stack by --stack");
    const about = { command: "plan", ...selection } as const;
    await reported(foldersOf().report, about, (report) => planned(selection, options, report));
  });

async function planned(
  { environment, addresses }: Selection,
  { json, model, preview }: PlanOptions,
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
  if (json) say(JSON.stringify({ environment, ...judgementData(judgement) }, null, 2));
  else sayJudgement(judgement);
  if (judgement.violations.some((it) => it.rule.mandatory)) process.exitCode = EXIT.premiseViolated;
  if (!json && judgement.violations.length + judgement.undetermined.length > 0) sayReport(report);
}
