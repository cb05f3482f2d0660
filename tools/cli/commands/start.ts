import ansis from "ansis";
import { foldersOf } from "../../engine/folders.ts";
import { allowDeletesOption, examples, parallelOption, waitOption, yesOption } from "../arguments.ts";
import { Argument, Command } from "commander";
import type { Agreement } from "../rollout/agreement.ts";
import type { StackResult } from "../rollout/stack-result.ts";
import { deploy } from "../rollout/deployment.ts";
import { exitCodeFor, sayHowToResume, sayResults } from "../text/deployment-text.ts";
import { requireSpaceFor } from "../rollout/disk-guard.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { exitCodeOfJudgement, type Judgement } from "../judgement.ts";
import { planAndJudge } from "../judging/plan-and-judge.ts";
import { sayJudgement } from "../text/judgement-text.ts";
import { NEXT_COMMANDS, sayNext, sayReport } from "../text/next-steps.ts";
import { type Report, reported } from "../../report/report.ts";
import { agreeOnRollout, rollOut } from "../rollout/rollout.ts";
import { exclusively } from "../run-lock.ts";
import { type PlannedSelection, select } from "../selection.ts";
import { counted, duration, note, say } from "../text/terminal.ts";

interface StartOptions extends Agreement {
  readonly parallel: number;
  readonly wait: boolean;
}

/** `alicerce start`: the whole way, from typed data to a deployed sandbox that a second preview finds unchanged. */
export const start = new Command("start")
  .description(
    "Plan, judge and deploy every stack to the sandbox, and show that nothing is left to change (npm start).",
  )
  .addArgument(new Argument("[environment]", 'what to deploy (default: "production")'))
  .addOption(parallelOption())
  .addOption(waitOption())
  .addOption(yesOption())
  .addOption(allowDeletesOption())
  .addHelpText("after", examples(["npm start", "production"], ["alicerce start staging", "another environment"]))
  .action(async (environment: string | undefined, options: StartOptions) => {
    const selection = await select(environment, undefined);
    const { home, report: folder } = foldersOf();
    const about = { command: "start", ...selection } as const;
    await exclusively(home, options.wait, () =>
      interruptible((signal) => reported(folder, about, (report) => run(selection, options, report, signal), signal)),
    );
  });

/** How the stacks fared in the deployment, and in the preview after it. */
interface Done {
  readonly deployed: readonly StackResult[];
  readonly verified: readonly StackResult[];
}

/** The verdict comes before anything of the engine, so that a machine that can have none still gets it. */
async function run(
  selection: PlannedSelection,
  options: StartOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = Date.now();
  const { environment, addresses, all } = selection;
  note(`Planning ${counted(addresses.length, "stack")} of ${environment} …`);
  const judgement = await planAndJudge({ addresses, proveOver: all }, "known");
  await report.judged(judgement);
  sayJudgement(judgement);
  const code = exitCodeOfJudgement(judgement);
  if (code !== EXIT.ok) {
    process.exitCode = code;
    sayReport(report);
    return;
  }
  const done = signal.aborted ? NOTHING : await carryOut(judgement, options, { report, signal });
  process.exitCode = codeOf(done, signal);
  if (process.exitCode === EXIT.ok) sayDone(judgement, Date.now() - startedAt);
  if (process.exitCode === EXIT.interrupted) sayHowToResume(`npx alicerce start ${environment}`);
  sayWhere(report);
}

const NOTHING: Done = { deployed: [], verified: [] };

async function carryOut(
  judgement: Judgement,
  { parallel, ...agreement }: StartOptions,
  { report, signal }: { readonly report: Report; readonly signal: AbortSignal },
): Promise<Done> {
  await requireSpaceFor(judgement.plans, foldersOf());
  const agreed = await agreeOnRollout(judgement, { ...agreement, quiet: false }, signal);
  const { engine } = agreed;
  say(`\nDeploying with Pulumi ${engine.cli.version} (${engine.cli.source}) …`);
  const how = { parallel, signal };
  const deployed = await timed(() => rollOut(judgement, agreed, { ...how, observer: report.watch("operation") }));
  if (exitCodeFor(deployed, signal.aborted) !== EXIT.ok) return { deployed, verified: [] };
  say("\nLooking for changes once more …");
  const { plans } = judgement;
  const addresses = plans.map((it) => it.stack);
  const preview = { ...how, plans, addresses, operation: "preview", options: { expectNoChanges: true } } as const;
  const verified = await timed(() => deploy(engine, { ...preview, observer: report.watch("secondPreview") }));
  return { deployed, verified };
}

async function timed(work: () => Promise<readonly StackResult[]>): Promise<readonly StackResult[]> {
  const startedAt = Date.now();
  const results = await work();
  sayResults(results, Date.now() - startedAt);
  return results;
}

function codeOf({ deployed, verified }: Done, { aborted }: AbortSignal): ExitCode {
  if (aborted && verified.length === 0) return EXIT.interrupted;
  return exitCodeFor([...deployed, ...verified], aborted);
}

function sayDone({ stacks }: Judgement, durationMs: number): void {
  const resources = stacks.reduce((total, it) => total + it.resources, 0);
  const what = `${counted(stacks.length, "stack")}, ${resources} resources`;
  say(ansis.green(`Deployed, and a second preview shows no changes: ${what}, in ${duration(durationMs)}.`));
}

function sayWhere(report: Report): void {
  const { state, sandbox } = foldersOf();
  say(`\nState:   ${state}\nSandbox: ${sandbox}`);
  if (process.exitCode === EXIT.ok) sayNext(report, NEXT_COMMANDS);
  else say(`Report:  ${report.file}`);
}
