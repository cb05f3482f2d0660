import ansis from "ansis";
import Table from "cli-table3";
import { type Judged, type Judgement, obstaclesOf, type PremiseVerdict } from "../judgement.ts";
import { counted, duration, say } from "./terminal.ts";

const SHOWN_UNDETERMINED = 10;

/** Prints what the rules say of the plans: a row per premise, then every violation. */
export function sayJudgement(judgement: Judgement): void {
  const { stacks, premises, violations, durationMs, preview } = judgement;
  say(premiseTable(premises));
  for (const it of violations) sayViolation(it);
  sayUndetermined(judgement);
  for (const { address, warnings } of stacks) for (const it of warnings) say(ansis.yellow(`${address}: ${it}`));
  const resources = stacks.reduce((total, it) => total + it.resources, 0);
  say(
    `${counted(stacks.length, "stack")}, ${resources} resources, planned (${preview}) and judged in ${duration(durationMs)}.`,
  );
  say(conclusion(judgement));
}

/** The judgement as data for other programs, without the plans themselves. */
export function judgementData(judgement: Judgement): Readonly<Record<string, unknown>> {
  const { preview, stacks, premises, violations, undetermined, durationMs } = judgement;
  const findings = { violations: violations.map(findingData), undetermined: undetermined.map(findingData) };
  return { preview, stacks, premises, ...findings, durationMs };
}

function findingData({ rule, stack, urn, name, message, path }: Judged): Readonly<Record<string, unknown>> {
  const { premise, severity, mandatory, remediation } = rule;
  return { rule: rule.name, premise, severity, mandatory, stack, urn, name, message, path, remediation };
}

function premiseTable(premises: readonly PremiseVerdict[]): string {
  const table = new Table({
    head: ["", "Premise", "Rules", "Judged", "Held", "Violated", "Undetermined"],
    colAligns: ["left", "left", "right", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const it of premises) {
    const number = it.id === "residency" ? "" : String(it.id);
    table.push([
      number,
      it.title,
      it.rules,
      it.judged,
      it.held,
      marked(it.violated, "red"),
      marked(it.undetermined, "yellow"),
    ]);
  }
  return table.toString();
}

function marked(count: number, color: "red" | "yellow"): string {
  return count === 0 ? "0" : ansis[color](String(count));
}

function sayViolation({ rule, stack, name, urn, message }: Judged): void {
  const kind = rule.mandatory ? ansis.red("violated") : ansis.yellow("violated (advisory)");
  say(`${kind} ${ansis.bold(rule.name)} in ${stack}: ${name}`);
  say(`  ${message}`);
  say(`  ${ansis.dim(urn)}`);
  say(`  Remedy: ${rule.remediation}`);
}

/** Without a deployment many values are unknown, and nobody's fault: a few show the kind, `--json` has all. */
function sayUndetermined({ undetermined }: Judgement): void {
  for (const { rule, stack, message } of undetermined.slice(0, SHOWN_UNDETERMINED)) {
    say(`${ansis.yellow("undetermined")} ${rule.name} in ${stack}: ${message}`);
  }
  const more = undetermined.length - SHOWN_UNDETERMINED;
  if (more > 0) say(`  … and ${more} more (--json lists all)`);
}

function conclusion(judgement: Judgement): string {
  const obstacles = obstaclesOf(judgement).length;
  if (obstacles > 0) return ansis.red(`Not deployable: ${counted(obstacles, "finding")} of mandatory rules.`);
  const { violations, undetermined } = judgement;
  if (violations.length + undetermined.length === 0) return ansis.green("Every premise holds.");
  return ansis.green("No mandatory rule is violated.");
}
