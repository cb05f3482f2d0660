import ansis from "ansis";
import type { Report } from "../../report/report.ts";
import { say } from "./terminal.ts";

/** What can be done once something is deployed. */
export const NEXT_COMMANDS = [
  ["npx alicerce status", "what is deployed"],
  ["npx alicerce local", "the MCP path on this machine: gateways, identity and servers to call"],
] as const;

/** Says where the report is. */
export function sayReport({ file }: Report): void {
  say(`Report: ${file}`);
}

/** Says what there is to do after a deployment: `commands` with what each is for. */
export function sayNext(report: Report, commands: readonly (readonly [command: string, meaning: string])[]): void {
  const all = [...commands, [report.file, "what was judged and done"]] as const;
  const width = Math.max(...commands.map(([command]) => command.length));
  say(`\n${ansis.bold("Next:")}`);
  for (const [command, meaning] of all) say(`  ${command.padEnd(width)}  ${meaning}`);
}
