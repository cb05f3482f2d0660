import { prepareEngine } from "../../engine/engine.ts";
import { foldersOf } from "../../engine/folders.ts";
import { readState } from "../../engine/state.ts";
import { examples, parallelOption, stackCommand, waitOption } from "../arguments.ts";
import { deploy } from "../deployment.ts";
import { exitCodeFor, sayHowToResume, sayResults } from "../text/deployment-text.ts";
import { interruptible } from "../interruption.ts";
import { type Report, reported } from "../../report/report.ts";
import { exclusively } from "../run-lock.ts";
import { select, type Selection } from "../selection.ts";
import { note, say, withStatus } from "../text/terminal.ts";

interface DestroyOptions {
  readonly stack?: string;
  readonly json: boolean;
  readonly parallel: number;
  readonly wait: boolean;
}

/** `alicerce destroy`: takes the sandbox's stacks down, what reads from a stack before that stack. */
export const destroy = stackCommand("destroy", "Destroy stacks in the sandbox, protected resources included.")
  .addOption(parallelOption())
  .addOption(waitOption())
  .addHelpText(
    "after",
    examples(
      ["alicerce destroy", "every stack of production"],
      ["alicerce destroy --stack production.eu-west-1.xyz-gmbh", "one stack"],
    ),
  )
  .action(async (environment: string | undefined, options: DestroyOptions) => {
    const selection = select(environment, options.stack);
    const { home, report: folder } = foldersOf();
    const about = { command: "destroy", ...selection } as const;
    await exclusively(home, options.wait, () =>
      interruptible((signal) =>
        reported(folder, about, (report) => takeDown(selection, options, report, signal), signal),
      ),
    );
  });

async function takeDown(
  { environment, addresses }: Selection,
  options: DestroyOptions,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = Date.now();
  const folders = foldersOf();
  const states = await Promise.all(addresses.map((it) => readState(folders, it)));
  const deployed = addresses.filter((_, i) => (states[i]?.resources ?? 0) > 0);
  const engine = await withStatus((onProgress) => prepareEngine({ folders, onProgress, signal }));
  if (deployed.length > 0) note("In the sandbox, protection is taken off every resource first.");
  const results = await deploy(engine, {
    operation: "destroy",
    addresses: deployed,
    parallel: options.parallel,
    signal,
    observer: report.watch("operation"),
  });
  process.exitCode = exitCodeFor(results, signal.aborted);
  if (options.json) {
    say(JSON.stringify({ environment, stacks: results }, null, 2));
    return;
  }
  sayResults(results, Date.now() - startedAt);
  if (signal.aborted)
    sayHowToResume(["npx alicerce destroy", options.stack ? `--stack ${options.stack}` : environment].join(" "));
}
