import { Option } from "commander";
import { foldersOf } from "../../engine/folders.ts";
import { allowDeletesOption, examples, parallelOption, stackCommand, waitOption, yesOption } from "../arguments.ts";
import { changesData } from "../text/change-text.ts";
import { exitCodeFor, sayHowToResume, sayResults } from "../text/deployment-text.ts";
import { requireSpaceFor } from "../rollout/disk-guard.ts";
import { EXIT } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { exitCodeOfJudgement } from "../judgement.ts";
import { planAndJudge } from "../judging/plan-and-judge.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { agreeOnRollout, rollOut } from "../rollout/rollout.ts";
import { NEXT_COMMANDS, sayNext, sayReport } from "../text/next-steps.ts";
import { type Report, reported } from "../../report/report.ts";
import { exclusively } from "../run-lock.ts";
import { type PlannedSelection, select } from "../selection.ts";
import { say } from "../text/terminal.ts";
import { type AwsOptions, bringUpAtAws } from "../rollout/aws-rollout.ts";

interface UpOptions extends AwsOptions {
  readonly wait: boolean;
  readonly target: "sandbox" | "aws";
}

/** `alicerce up`: plan, verdict, gate, then the real engine on every stack. */
export const up = stackCommand(
  "up",
  "Deploy stacks to the sandbox, or to AWS, on the real Pulumi engine, after the premises have been judged.",
)
  .addOption(new Option("--target <cloud>", "where to").choices(["sandbox", "aws"]).default("sandbox"))
  .option("--backend <url>", "aws: the backend, as for `pulumi login`; by default the one that is logged in to")
  .option("--secrets-provider <url>", "aws: what encrypts the secrets of new stacks, such as awskms://alias/state")
  .option("--organization <name>", "aws: the organization at Pulumi Cloud")
  .option("--as-roles", "aws: each stack as its own role, which the credentials of the deploy role may become")
  .addOption(parallelOption())
  .addOption(waitOption())
  .addOption(yesOption())
  .addOption(allowDeletesOption())
  .addHelpText(
    "after",
    examples(
      ["alicerce up", "every stack of production"],
      ["alicerce up --allow-deletes 3", "in CI: at most three resources deleted or replaced"],
      ["alicerce up staging --parallel 4", "four stacks at once"],
      [
        "alicerce up staging --target aws --backend s3://state",
        "to AWS, where `alicerce doctor staging --cloud` is content",
      ],
      [
        "alicerce up --stack production.eu-west-1",
        "one stack, proved with all of production; the one above it must be deployed",
      ],
    ),
  )
  .action(async (environment: string | undefined, options: UpOptions) => {
    const selection = await select(environment, options.stack);
    const { home, report: folder } = foldersOf();
    const about = { command: "up", ...selection } as const;
    await exclusively(home, options.wait, () =>
      interruptible((signal) =>
        reported(folder, about, (report) => deployTo[options.target](selection, options, report, signal), signal),
      ),
    );
  });

const deployTo = { sandbox: bringUp, aws: bringUpAtAws } as const;

async function bringUp(
  { environment, addresses, all }: PlannedSelection,
  options: UpOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { json, stack, parallel } = options;
  const judgement = await planAndJudge({ addresses, proveOver: all }, "known");
  await report.judged(judgement);
  const verdict = judgementData(judgement);
  if (!json) sayJudgement(judgement);
  process.exitCode = exitCodeOfJudgement(judgement);
  if (process.exitCode !== EXIT.ok) {
    if (json) say(JSON.stringify({ environment, verdict, changes: [], stacks: [] }, null, 2));
    else sayReport(report);
    return;
  }
  await requireSpaceFor(judgement.plans, foldersOf());
  const agreed = await agreeOnRollout(judgement, { ...options, quiet: json }, signal);
  const startedAt = Date.now();
  const stacks = await rollOut(judgement, agreed, { parallel, signal, observer: report.watch("operation") });
  process.exitCode = exitCodeFor(stacks, signal.aborted);
  if (json) {
    say(JSON.stringify({ environment, verdict, changes: changesData(agreed.changes), stacks }, null, 2));
    return;
  }
  sayResults(stacks, Date.now() - startedAt);
  if (process.exitCode === EXIT.ok) sayNext(report, NEXT_COMMANDS);
  else sayReport(report);
  if (signal.aborted) sayHowToResume(["npx alicerce up", stack ? `--stack ${stack}` : environment].join(" "));
}
