import ansis from "ansis";
import type { Engine } from "../../engine/engine.ts";
import { foldersOf } from "../../engine/folders.ts";
import { allowDeletesOption, examples, parallelOption, waitOption, yesOption } from "../arguments.ts";
import { Argument, Command } from "commander";
import type { Agreement } from "../agreement.ts";
import { deploy, type StackResult } from "../deployment.ts";
import { exitCodeFor, sayHowToResume, sayResults } from "../text/deployment-text.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { exitCodeOfJudgement, type Judgement, planAndJudge } from "../judgement.ts";
import { sayJudgement } from "../text/judgement-text.ts";
import { type Run, writeReport } from "../../report/report.ts";
import { agreeOnRollout, rollOut } from "../rollout.ts";
import { exclusively } from "../run-lock.ts";
import { select, type Selection } from "../selection.ts";
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
    const { home } = foldersOf();
    await exclusively(home, options.wait, () => interruptible((signal) => run(selection, options, signal)));
  });

/** The verdict comes before anything of the engine, so that a machine that can have none still gets it. */
async function run(selection: Selection, options: StartOptions, signal: AbortSignal): Promise<void> {
  const startedAt = new Date();
  const { environment, addresses } = selection;
  note(`Planning ${counted(addresses.length, "stack")} of ${environment} …`);
  const judgement = await planAndJudge(addresses, "known");
  sayJudgement(judgement);
  const base = { environment, startedAt: startedAt.toISOString(), judgement };
  await keepReport({ ...base, ...NOTHING, durationMs: judgement.durationMs });
  const code = exitCodeOfJudgement(judgement);
  const done = code === EXIT.ok && !signal.aborted ? await carryOut(selection, judgement, options, signal) : NOTHING;
  conclude({ ...base, ...done, durationMs: Date.now() - startedAt.getTime() }, code, signal);
  sayWhere(await keepReport({ ...base, ...done, durationMs: Date.now() - startedAt.getTime() }));
}

function conclude(run: Run, code: ExitCode, signal: AbortSignal): void {
  process.exitCode = code === EXIT.ok ? codeOf(run, signal) : code;
  if (process.exitCode === EXIT.ok) sayDone(run);
  if (process.exitCode === EXIT.interrupted) sayHowToResume(`npx alicerce start ${run.environment}`);
}

function keepReport(run: Run): Promise<string> {
  return writeReport(foldersOf().report, run);
}

type Done = Pick<Run, "deployed" | "verified">;
const NOTHING: Done = { deployed: [], verified: [] };

async function carryOut(
  { addresses }: Selection,
  judgement: Judgement,
  { parallel, ...agreement }: StartOptions,
  signal: AbortSignal,
): Promise<Done> {
  const agreed = await agreeOnRollout(judgement, { ...agreement, quiet: false }, signal);
  const { engine } = agreed;
  const common = { addresses, parallel, signal, plans: judgement.plans };
  say(`\nDeploying with Pulumi ${engine.cli.version} (${engine.cli.source}) …`);
  const deployed = await timed(() => rollOut(judgement, agreed, { parallel, signal }));
  if (exitCodeFor(deployed, signal.aborted) !== EXIT.ok) return { deployed, verified: [] };
  return { deployed, verified: await verify(engine, common) };
}

async function verify(
  engine: Engine,
  common: Omit<Parameters<typeof deploy>[1], "operation">,
): Promise<readonly StackResult[]> {
  say("\nLooking for changes once more …");
  return timed(() => deploy(engine, { ...common, operation: "preview", options: { expectNoChanges: true } }));
}

async function timed(work: () => Promise<readonly StackResult[]>): Promise<readonly StackResult[]> {
  const startedAt = Date.now();
  const results = await work();
  sayResults(results, Date.now() - startedAt);
  return results;
}

function codeOf({ deployed, verified }: Run, { aborted }: AbortSignal): ExitCode {
  if (aborted && verified.length === 0) return EXIT.interrupted;
  return exitCodeFor([...deployed, ...verified], aborted);
}

function sayDone({ judgement, durationMs }: Run): void {
  const resources = judgement.stacks.reduce((total, it) => total + it.resources, 0);
  const what = `${counted(judgement.stacks.length, "stack")}, ${resources} resources`;
  say(ansis.green(`Deployed, and a second preview shows no changes: ${what}, in ${duration(durationMs)}.`));
}

function sayWhere(report: string): void {
  const { state, sandbox } = foldersOf();
  say(`\nState:   ${state}\nSandbox: ${sandbox}\nReport:  ${report}`);
}
