import ansis from "ansis";
import { nameOf, typeOf } from "../../../plan/urn.ts";
import type { StackChanges } from "../../offline-planner/changes.ts";
import { say } from "./terminal.ts";

const SHOWN = 10;

/** Prints what deploying would do to each stack, and what it would delete and replace. */
export function sayChanges(changes: readonly StackChanges[]): void {
  if (changes.every((it) => !it.deployed)) {
    say("Nothing of it is deployed yet.");
    return;
  }
  say("Against what is deployed, in resources:");
  for (const it of changes) {
    say(`  ${it.address}: ${wordsOf(it)}`);
    for (const line of removalLines(it, SHOWN)) say(`    ${line}`);
  }
}

/** Prints which stacks are deployed although the data has them no longer, and how they are removed. */
export function sayStrays(addresses: readonly string[]): void {
  for (const it of addresses) {
    say(ansis.yellow(`Deployed, no longer in the data: ${it}`));
    say(`  remove with: npx alicerce destroy --stack ${it}`);
  }
}

/** One line for each resource that would go, `most` of them at most. */
export function removalLines(it: StackChanges, most: number): readonly string[] {
  const lines = [
    ...it.delete.map((urn) => ansis.red(`delete ${what(urn, it)}`)),
    ...it.replace.map((urn) => ansis.red(`replace ${what(urn, it)}`)),
  ];
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `… and ${more} more (--json lists all)`] : lines;
}

/** The changes as data for other programs. */
export function changesData(changes: readonly StackChanges[]): readonly object[] {
  return changes.map((it) => ({ ...it, create: it.create.length }));
}

function wordsOf({ deployed, create, update, replace, same, ...it }: StackChanges): string {
  const counts = [
    [create.length, "create"],
    [update.length, "update"],
    [replace.length, "replace"],
    [it.delete.length, "delete"],
  ] as const;
  const words = counts
    .filter(([count]) => count > 0)
    .map(([count, op]) => (op === "replace" || op === "delete" ? ansis.red(`${count} ${op}`) : `${count} ${op}`));
  if (words.length === 0) return ansis.dim(`${same} same`);
  return `${words.join(", ")}${deployed ? "" : ansis.dim(" (not deployed yet)")}`;
}

function what(urn: string, { protected: kept }: StackChanges): string {
  return `${typeOf(urn)} ${nameOf(urn)}${kept.includes(urn) ? " (protected)" : ""}`;
}
