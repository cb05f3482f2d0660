import { createInterface } from "node:readline/promises";
import { UsageError } from "./exit-code.ts";

/** Asks on the terminal whether to go on, unless `yes` says so already; throws `UsageError` where nobody can be asked. */
export async function confirmed(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UsageError(`${question} Nobody can be asked here: say --yes to go on`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
