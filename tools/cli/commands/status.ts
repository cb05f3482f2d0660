import { foldersOf } from "../../engine/folders.ts";
import { examples, stackCommand } from "../arguments.ts";
import { EXIT } from "../exit-code.ts";
import { select } from "../selection.ts";
import { statusOf, statusText } from "../stack-status.ts";
import { say } from "../text/terminal.ts";

/** `alicerce status`: what is deployed in the sandbox, read from the state itself. */
export const status = stackCommand("status", "Show which stacks are deployed in the sandbox.")
  .addHelpText(
    "after",
    examples(["alicerce status", "every stack of production"], ["alicerce status staging --json", "as data"]),
  )
  .action(async (environment: string | undefined, { stack, json }: { stack?: string; json: boolean }) => {
    const selection = select(environment, stack);
    const folders = foldersOf();
    const stacks = await Promise.all(selection.addresses.map((address) => statusOf(folders, address)));
    if (stacks.some((it) => it.unreadable !== undefined)) process.exitCode = EXIT.failed;
    if (json) {
      const { state, sandbox } = folders;
      say(JSON.stringify({ environment: selection.environment, state, sandbox, stacks }, null, 2));
      return;
    }
    say(statusText(stacks));
    say(`State:   ${folders.state}`);
    say(`Sandbox: ${folders.sandbox}`);
  });
