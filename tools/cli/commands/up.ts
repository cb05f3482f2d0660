import { prepareEngine } from "../../engine/engine.ts";
import { foldersOf } from "../../engine/folders.ts";
import { examples, parallelOption, stackCommand, waitOption } from "../arguments.ts";
import { deploy } from "../deployment.ts";
import { exitCodeFor, sayHowToResume, sayResults } from "../text/deployment-text.ts";
import { requireSpaceFor } from "../disk-guard.ts";
import { EXIT } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { obstaclesOf, planAndJudge } from "../judgement.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { NEXT_COMMANDS, sayNext, sayReport } from "../next-steps.ts";
import { type Report, reported } from "../../report/report.ts";
import { exclusively } from "../run-lock.ts";
import { select, type Selection } from "../selection.ts";
import { say, withStatus } from "../text/terminal.ts";

interface UpOptions {
  readonly stack?: string;
  readonly json: boolean;
  readonly parallel: number;
  readonly wait: boolean;
}

/** `alicerce up`: plan, verdict, gate, then the real engine on every stack. */
export const up = stackCommand(
  "up",
  "Deploy stacks to the sandbox on the real Pulumi engine, after the premises have been judged.",
)
  .addOption(parallelOption())
  .addOption(waitOption())
  .addHelpText(
    "after",
    examples(
      ["alicerce up", "every stack of production"],
      ["alicerce up staging --parallel 4", "four stacks at once"],
      ["alicerce up --stack production.eu-west-1", "one stack; the one above it must be deployed"],
    ),
  )
  .action(async (environment: string | undefined, options: UpOptions) => {
    const selection = select(environment, options.stack);
    const { home, report: folder } = foldersOf();
    const about = { command: "up", ...selection } as const;
    await exclusively(home, options.wait, () =>
      interruptible((signal) =>
        reported(folder, about, (report) => bringUp(selection, options, report, signal), signal),
      ),
    );
  });

async function bringUp(
  { environment, addresses }: Selection,
  options: UpOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const judgement = await planAndJudge(addresses, "known");
  await report.judged(judgement);
  if (!options.json) sayJudgement(judgement);
  if (obstaclesOf(judgement).length > 0) {
    if (options.json) say(JSON.stringify({ environment, verdict: judgementData(judgement), stacks: [] }, null, 2));
    else sayReport(report);
    process.exitCode = EXIT.premiseViolated;
    return;
  }
  await requireSpaceFor(judgement.plans, foldersOf());
  const startedAt = Date.now();
  const engine = await withStatus((onProgress) => prepareEngine({ onProgress, signal }));
  const results = await deploy(engine, {
    operation: "up",
    addresses,
    parallel: options.parallel,
    signal,
    plans: judgement.plans,
    options: { policyPacks: ["policies"] },
    observer: report.watch("operation"),
  });
  process.exitCode = exitCodeFor(results, signal.aborted);
  if (options.json) {
    say(JSON.stringify({ environment, verdict: judgementData(judgement), stacks: results }, null, 2));
    return;
  }
  sayResults(results, Date.now() - startedAt);
  if (process.exitCode === EXIT.ok) sayNext(report, NEXT_COMMANDS);
  else sayReport(report);
  if (signal.aborted)
    sayHowToResume(["npx alicerce up", options.stack ? `--stack ${options.stack}` : environment].join(" "));
}
