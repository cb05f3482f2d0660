import Table from "cli-table3";
import { foldersOf } from "../../engine/folders.ts";
import { examples, stackCommand } from "../arguments.ts";
import { sayStrays } from "../change-text.ts";
import { conditionOf } from "../condition.ts";
import { select, strays } from "../selection.ts";
import { say } from "../text/terminal.ts";

/** `alicerce status`: what is deployed in the sandbox, read from the state itself. */
export const status = stackCommand("status", "Show which stacks are deployed in the sandbox.")
  .addHelpText(
    "after",
    examples(["alicerce status", "every stack of production"], ["alicerce status staging --json", "as data"]),
  )
  .action(async (given: string | undefined, { stack, json }: { stack?: string; json: boolean }) => {
    const folders = foldersOf();
    const { environment, addresses } = await select(given, stack);
    const left = stack === undefined ? await strays(environment, folders) : [];
    const stacks = await Promise.all([...addresses, ...left].map((it) => conditionOf(folders, it)));
    if (json) {
      const { state, sandbox } = folders;
      say(JSON.stringify({ environment, state, sandbox, stacks, noLongerInTheData: left }, null, 2));
      return;
    }
    const table = new Table({
      head: ["Stack", "Deployed", "Resources", "Last update"],
      style: { head: [], border: [], compact: true },
    });
    for (const { address, condition, resources, updatedAt } of stacks) {
      table.push([address, condition, resources, updatedAt ?? "never"]);
    }
    say(table.toString());
    sayStrays(left);
    say(`State:   ${folders.state}`);
    say(`Sandbox: ${folders.sandbox}`);
  });
