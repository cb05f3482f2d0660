import ansis from "ansis";
import { byRule, placeText, type RuleFindings } from "../findings.ts";
import { type Judged, type Judgement, obstaclesOf, type PremiseVerdict } from "../judgement.ts";
import { exemptionData, sayExemptions } from "./exemptions-text.ts";
import { proofsData, proofsSentence } from "./proofs-text.ts";
import { type Column, tableText } from "./table.ts";
import { counted, duration, say } from "./terminal.ts";

/** How many different findings of one rule are printed, and how many rules that cannot be decided. */
const SHOWN = 5;
const SHOWN_UNDETERMINED = 10;

/** What is said of judged plans, depending on where they come from. */
export interface Wording {
  readonly made: string;
  readonly refused: string;
  readonly held: string;
  /** What is said of proofs that were not run, in place of the general sentence. */
  readonly unproved?: readonly string[];
}

/** Prints what the rules and proofs say of the plans: a row per premise, then all that is violated with its findings. */
export function sayJudgement(judgement: Judgement, wording: Wording = wordsOfPlan(judgement)): void {
  const { stacks, premises, violations, undetermined, durationMs } = judgement;
  say(premisesText(premises));
  for (const it of byRule(violations)) sayViolated(it);
  sayUndetermined(byRule(undetermined));
  sayExemptions(judgement.exempted);
  for (const { address, warnings } of stacks) for (const it of warnings) say(ansis.yellow(`${address}: ${it}`));
  const resources = stacks.reduce((total, it) => total + it.resources, 0);
  say(`${counted(stacks.length, "stack")}, ${resources} resources, ${wording.made} in ${duration(durationMs)}.`);
  if (judgement.proved !== undefined || wording.unproved === undefined) say(proofsSentence(judgement.proved));
  for (const it of wording.unproved ?? []) say(it);
  say(conclusion(judgement, wording));
}

function wordsOfPlan({ preview }: Judgement): Wording {
  return { made: `planned (${preview}) and judged`, refused: "Not deployable", held: "Every premise holds." };
}

/** The judgement as data for other programs, without the plans themselves. */
export function judgementData(judgement: Judgement): Readonly<Record<string, unknown>> {
  const { preview, stacks, premises, violations, undetermined, durationMs } = judgement;
  const findings = { violations: violations.map(findingData), undetermined: undetermined.map(findingData) };
  const exempted = judgement.exempted.map(exemptionData);
  return {
    preview,
    stacks,
    premises,
    proofs: proofsData(judgement.proved),
    ...findings,
    exempted,
    compliance: judgement.compliance,
    durationMs,
  };
}

function findingData({
  rule,
  stack,
  urn,
  name,
  message,
  path,
  steps,
  source,
}: Judged): Readonly<Record<string, unknown>> {
  const { premise, severity, mandatory, remediation } = rule;
  return { rule: rule.name, premise, severity, mandatory, stack, urn, name, message, path, steps, source, remediation };
}

/** The verdict on each premise as a table; `width` is how many columns there are for it. */
export function premisesText(premises: readonly PremiseVerdict[], width?: number): string {
  const sum = (of: "violated" | "undetermined"): number => premises.reduce((total, it) => total + it[of], 0);
  // Where there is no room, a column of zeros goes first, and the counts of what was looked at before those of what was found.
  const columns: readonly Column[] = [
    { head: "" },
    { head: "Premise" },
    { head: "Rules", align: "right", drop: 3 },
    { head: "Judged", align: "right", drop: 4 },
    { head: "Held", align: "right", drop: 5 },
    { head: "Violated", align: "right", ...(sum("violated") === 0 && { drop: 2 }) },
    { head: "Undetermined", align: "right", ...(sum("undetermined") === 0 && { drop: 1 }) },
  ];
  const rows = premises.map((it) => {
    const number = it.id === "residency" ? "" : String(it.id);
    const [violated, undetermined] = [marked(it.violated, "red"), marked(it.undetermined, "yellow")];
    return [number, it.title, it.rules, it.judged, it.held, violated, undetermined];
  });
  return tableText(columns, rows, width);
}

function marked(count: number, color: "red" | "yellow"): string {
  return count === 0 ? "0" : ansis[color](String(count));
}

function sayViolated({ rule, stacks, findings }: RuleFindings): void {
  const kind = rule.mandatory ? ansis.red("violated") : ansis.yellow("violated (advisory)");
  say(
    `\n${kind} ${ansis.bold(rule.name)}: ${counted(findings.length, "finding")} in ${counted(stacks.length, "stack")}`,
  );
  // What one line of a component breaks, it breaks in every stack: the same message is told once.
  const messages = [...Map.groupBy(findings, (it) => it.message)];
  for (const [, same] of messages.slice(0, SHOWN)) sayFinding(same);
  const more = messages.slice(SHOWN).reduce((total, [, same]) => total + same.length, 0);
  if (more > 0) say(`  … and ${counted(more, "more finding")} (in the report, and by --json)`);
  say(`  Remedy: ${rule.remediation}`);
}

/** The first of findings with the same message, and how many more there are. */
function sayFinding([first, ...others]: readonly Judged[]): void {
  if (first === undefined) return;
  const more = others.length > 0 ? `, and ${others.length} more like it` : "";
  say(`  ${first.stack}: ${first.message}`);
  if (first.source !== undefined) say(`    at ${placeText(first.source)}`);
  say(`    ${ansis.dim(`${first.urn}${more}`)}`);
  for (const it of first.steps ?? []) say(`    → ${it}`);
}

/** Without a deployment many values are unknown, and nobody's fault: one of each rule shows the kind. */
function sayUndetermined(groups: readonly RuleFindings[]): void {
  for (const { rule, findings } of groups.slice(0, SHOWN_UNDETERMINED)) {
    const [first] = findings;
    const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : "";
    say(`${ansis.yellow("undetermined")} ${rule.name} in ${first?.stack ?? ""}: ${first?.message ?? ""}${more}`);
  }
  const more = groups.length - SHOWN_UNDETERMINED;
  if (more > 0) say(`  … and ${counted(more, "more rule")} (in the report, and by --json)`);
}

function conclusion(judgement: Judgement, { refused, held }: Wording): string {
  const obstacles = obstaclesOf(judgement);
  if (obstacles.length > 0) {
    const rules = byRule(obstacles).length;
    return ansis.red(`${refused}: ${counted(obstacles.length, "finding")} of ${counted(rules, "mandatory rule")}.`);
  }
  const { violations, undetermined, exempted } = judgement;
  if (violations.length + undetermined.length + exempted.length === 0) return ansis.green(held);
  const exempt =
    exempted.length === 0 ? "" : ` beside ${counted(exempted.length, "finding")} that somebody has agreed to bear`;
  return ansis.green(`No mandatory rule is violated${exempt}.`);
}
