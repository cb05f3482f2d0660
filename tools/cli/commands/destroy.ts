import { prepareEngine } from "../../engine/engine.ts";
import { deployedStacks } from "../../engine/state/deployed.ts";
import { type Folders, foldersOf } from "../../engine/folders.ts";
import { ask } from "../rollout/agreement.ts";
import { examples, parallelOption, stackCommand, waitOption } from "../arguments.ts";
import { conditionOf, type StackCondition } from "../rollout/condition.ts";
import { deploy } from "../rollout/deployment.ts";
import { exitCodeFor, sayHowToResume, sayResults } from "../text/deployment-text.ts";
import { UsageError } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { type Report, reported } from "../../report/report.ts";
import { exclusively } from "../run-lock.ts";
import { isBelow, selectDeployed, type Selection } from "../selection.ts";
import { counted, note, say, withStatus } from "../text/terminal.ts";

interface DestroyOptions {
  readonly stack?: string;
  readonly json: boolean;
  readonly parallel: number;
  readonly wait: boolean;
  readonly yes: boolean;
}

/** `alicerce destroy`: takes the sandbox's stacks down, what reads from a stack before that stack. */
export const destroy = stackCommand("destroy", "Destroy stacks in the sandbox, protected resources included.", "")
  .addOption(parallelOption())
  .addOption(waitOption())
  .option("--yes", "destroy without being asked; where there is no terminal, nothing is destroyed otherwise", false)
  .addHelpText(
    "after",
    examples(
      ["alicerce destroy staging", "every stack of staging"],
      ["alicerce destroy --stack production.eu-west-1.xyz-gmbh", "one stack, also when the data has it no longer"],
    ),
  )
  .action(async (environment: string | undefined, options: DestroyOptions) => {
    if (environment === undefined && options.stack === undefined)
      throw new UsageError("name what to destroy: an environment, or one stack by --stack");
    const folders = foldersOf();
    const selection = await selectDeployed(environment, options.stack, folders);
    await requireNothingBelow(selection, folders);
    const about = { command: "destroy", ...selection } as const;
    await exclusively(folders.home, options.wait, () =>
      interruptible((signal) =>
        reported(folders.report, about, (report) => takeDown(selection, options, { folders, report, signal }), signal),
      ),
    );
  });

/** What stands on a stack is destroyed first. */
async function requireNothingBelow({ addresses }: Selection, folders: Folders): Promise<void> {
  const above = (await deployedStacks(folders)).filter(
    (it) => !addresses.includes(it) && addresses.some((address) => isBelow(it, address)),
  );
  if (above.length === 0) return;
  const lines = above.map((it) => `  npx alicerce destroy --stack ${it}`);
  throw new UsageError(
    [
      `${addresses.join(", ")} cannot be destroyed while ${counted(above.length, "stack")} stand on it; destroy first:`,
      ...lines,
    ].join("\n"),
  );
}

async function takeDown(
  { environment, addresses }: Selection,
  options: DestroyOptions,
  { folders, report, signal }: { readonly folders: Folders; readonly report: Report; readonly signal: AbortSignal },
): Promise<void> {
  const stacks = await Promise.all(addresses.map((it) => conditionOf(folders, it)));
  if (stacks.length > 0 && !options.yes) await agree(options.stack ?? environment, stacks, signal);
  const startedAt = Date.now();
  const engine = await withStatus((onProgress) => prepareEngine({ folders, onProgress, signal }));
  if (stacks.length > 0) note("In the sandbox, protection is taken off every resource first.");
  const results = await deploy(engine, {
    operation: "destroy",
    addresses,
    parallel: options.parallel,
    signal,
    totals: new Map(stacks.map((it) => [it.address, it.resources])),
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

async function agree(name: string, stacks: readonly StackCondition[], signal: AbortSignal): Promise<void> {
  const resources = stacks.reduce((sum, it) => sum + it.resources, 0);
  const what = `${counted(stacks.length, "stack")} with ${counted(resources, "resource")}`;
  for (const it of stacks) note(`  ${it.address}: ${counted(it.resources, "resource")}`);
  await ask({
    question: `Destroy ${what}? Type "${name}" to do it: `,
    accepts: [name, "y", "yes"],
    otherwise: `${what} would be destroyed, and nobody can be asked here: agree with --yes; nothing was destroyed`,
    signal,
  });
}
