import { foldersOf } from "../../engine/folders.ts";
import type { Agreement } from "../agreement.ts";
import { allowDeletesOption, examples, parallelOption, stackCommand, waitOption, yesOption } from "../arguments.ts";
import { changesData } from "../change-text.ts";
import { exitCodeFor, sayHowToResume, sayResults } from "../text/deployment-text.ts";
import { EXIT } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { exitCodeOfJudgement, planAndJudge } from "../judgement.ts";
import { judgementData, sayJudgement } from "../text/judgement-text.ts";
import { agreeOnRollout, rollOut } from "../rollout.ts";
import { exclusively } from "../run-lock.ts";
import { select, type Selection } from "../selection.ts";
import { say } from "../text/terminal.ts";

interface UpOptions extends Agreement {
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
  .addOption(yesOption())
  .addOption(allowDeletesOption())
  .addHelpText(
    "after",
    examples(
      ["alicerce up", "every stack of production"],
      ["alicerce up --allow-deletes 3", "in CI: at most three resources deleted or replaced"],
      ["alicerce up staging --parallel 4", "four stacks at once"],
      ["alicerce up --stack production.eu-west-1", "one stack; the one above it must be deployed"],
    ),
  )
  .action(async (environment: string | undefined, options: UpOptions) => {
    const selection = await select(environment, options.stack);
    const { home } = foldersOf();
    await exclusively(home, options.wait, () => interruptible((signal) => bringUp(selection, options, signal)));
  });

async function bringUp({ environment, addresses }: Selection, options: UpOptions, signal: AbortSignal): Promise<void> {
  const { json, stack, parallel } = options;
  const judgement = await planAndJudge(addresses, "known");
  const verdict = judgementData(judgement);
  if (!json) sayJudgement(judgement);
  process.exitCode = exitCodeOfJudgement(judgement);
  if (process.exitCode !== EXIT.ok) {
    if (json) say(JSON.stringify({ environment, verdict, changes: [], stacks: [] }, null, 2));
    return;
  }
  const agreed = await agreeOnRollout(judgement, { ...options, quiet: json }, signal);
  const startedAt = Date.now();
  const stacks = await rollOut(judgement, agreed, { parallel, signal });
  process.exitCode = exitCodeFor(stacks, signal.aborted);
  if (json) {
    say(JSON.stringify({ environment, verdict, changes: changesData(agreed.changes), stacks }, null, 2));
    return;
  }
  sayResults(stacks, Date.now() - startedAt);
  if (signal.aborted) sayHowToResume(["npx alicerce up", stack ? `--stack ${stack}` : environment].join(" "));
}
