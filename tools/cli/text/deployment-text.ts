import ansis from "ansis";
import type { StackResult } from "../rollout/stack-result.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { counted, duration, say } from "./terminal.ts";

/** Prints what went wrong, in the engine's own words, and how many stacks fared how. */
export function sayResults(results: readonly StackResult[], durationMs: number): void {
  for (const it of results) if (it.outcome === "failed" || it.outcome === "refused") sayTrouble(it);
  const outcomes = Map.groupBy(results, (it) => it.outcome);
  const counts = [...outcomes].map(([outcome, { length }]) => `${length} ${outcome}`);
  say(`${counted(results.length, "stack")} in ${duration(durationMs)}: ${counts.join(", ")}.`);
}

/** The exit code for a whole deployment. */
export function exitCodeFor(results: readonly StackResult[], interrupted: boolean): ExitCode {
  if (results.every((it) => it.outcome === "succeeded")) return EXIT.ok;
  if (results.some((it) => it.outcome === "refused")) return EXIT.premiseViolated;
  return interrupted ? EXIT.interrupted : EXIT.failed;
}

/** Says how to go on after an interruption. */
export function sayHowToResume(command: string): void {
  say(ansis.yellow(`Interrupted. Nothing is lost: "${command}" goes on where this stopped.`));
}

function sayTrouble({ address, outcome, violations, diagnostics }: StackResult): void {
  say(ansis.red(`${address} ${outcome}`));
  for (const { name, message, urn } of violations.filter((it) => it.mandatory)) {
    say(`  ${ansis.bold(name)}: ${message}`);
    if (urn !== undefined) say(`    ${ansis.dim(urn)}`);
  }
  for (const { severity, message, urn } of diagnostics) {
    if (severity !== "error") continue;
    say(`  ${indented(message)}`);
    if (urn !== undefined) say(`    ${ansis.dim(urn)}`);
  }
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
