import { foldersOf } from "../../engine/folders.ts";
import { examples, stackCommand } from "../arguments.ts";
import { sayStrays } from "../text/change-text.ts";
import { EXIT } from "../exit-code.ts";
import { select } from "../selection.ts";
import { statusesOf, statusText } from "../stack-status.ts";
import { say } from "../text/terminal.ts";

/** `alicerce status`: what is deployed in the sandbox, read from the state itself. */
export const status = stackCommand("status", "Show which stacks are deployed in the sandbox.")
  .addHelpText(
    "after",
    examples(["alicerce status", "every stack of production"], ["alicerce status staging --json", "as data"]),
  )
  .action(async (given: string | undefined, { stack, json }: { stack?: string; json: boolean }) => {
    const folders = foldersOf();
    const selection = await select(given, stack);
    const { environment } = selection;
    const { stacks, left } = await statusesOf(folders, selection, stack === undefined);
    if (stacks.some((it) => it.unreadable !== undefined)) process.exitCode = EXIT.failed;
    if (json) {
      const { state, sandbox } = folders;
      say(JSON.stringify({ environment, state, sandbox, stacks, noLongerInTheData: left }, null, 2));
      return;
    }
    say(statusText(stacks));
    sayStrays(left);
    say(`State:   ${folders.state}`);
    say(`Sandbox: ${folders.sandbox}`);
  });
