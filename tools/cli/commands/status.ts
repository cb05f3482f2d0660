import Table from "cli-table3";
import { foldersOf } from "../../engine/folders.ts";
import { readState } from "../../engine/state.ts";
import { examples, stackCommand } from "../arguments.ts";
import { select } from "../selection.ts";
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
    const stacks = await Promise.all(
      selection.addresses.map(async (address) => {
        const state = await readState(folders, address);
        const { resources = 0, updatedAt = null, pending = 0 } = state ?? {};
        return { address, deployed: resources > 0, resources, updatedAt, pending };
      }),
    );
    if (json) {
      say(
        JSON.stringify(
          { environment: selection.environment, state: folders.state, sandbox: folders.sandbox, stacks },
          null,
          2,
        ),
      );
      return;
    }
    const table = new Table({
      head: ["Stack", "Deployed", "Resources", "Last update"],
      style: { head: [], border: [], compact: true },
    });
    for (const { address, deployed, resources, updatedAt, pending } of stacks) {
      const kept = pending > 0 ? "interrupted" : deployed ? "yes" : "no";
      table.push([address, kept, resources, updatedAt ?? "never"]);
    }
    say(table.toString());
    say(`State:   ${folders.state}`);
    say(`Sandbox: ${folders.sandbox}`);
  });
