import ansis from "ansis";
import type { Proved, TimedVerdict } from "../judging/proved.ts";
import { counted, say } from "./terminal.ts";

/** Prints of each proof what it went through, what it says, and how long it took. */
export function sayProofs(proved: Proved | undefined): void {
  for (const it of proved?.verdicts ?? []) say(proofText(it));
}

/** What was proved, in a sentence; says so where nothing was. */
export function proofsSentence(proved: Proved | undefined): string {
  if (proved === undefined) return "No proofs were run: they need every stack of the environment (--proofs).";
  const { stacks, verdicts } = proved;
  return `${counted(verdicts.length, "proof")} over ${stacks.length === 1 ? "1 stack" : `all ${stacks.length} stacks of the environment`} in ${milliseconds(
    verdicts.reduce((total, it) => total + it.durationMs, 0),
  )}.`;
}

/** The proofs as data for other programs: what was gone through and found, by number; the findings are with those of the rules. */
export function proofsData(proved: Proved | undefined): object | null {
  if (proved === undefined) return null;
  const verdicts = proved.verdicts.map((it) => {
    const { name, premise, severity, mandatory, description, remediation } = it.proof;
    const found = { violations: it.violations.length, undetermined: it.undetermined.length };
    const about = { proof: name, premise, severity, mandatory, description, remediation };
    return { ...about, verdict: wordOf(it), enumerated: it.enumerated, ...found, durationMs: it.durationMs };
  });
  return { stacks: proved.stacks, verdicts };
}

function proofText(it: TimedVerdict): string {
  const enumerated = it.enumerated.map(({ what, count }) => `${count.toLocaleString("en")} ${what}`);
  const went = enumerated.length === 0 ? "nothing to go through" : `went through ${enumerated.join(", ")}`;
  return `\n${COLOURED[wordOf(it)]} ${ansis.bold(it.proof.name)} (${milliseconds(it.durationMs)})\n  ${it.proof.description}\n  ${went}`;
}

const COLOURED = {
  held: ansis.green("held"),
  violated: ansis.red("violated"),
  undetermined: ansis.yellow("undetermined"),
} as const;

function wordOf({ violations, undetermined }: TimedVerdict): keyof typeof COLOURED {
  if (violations.length > 0) return "violated";
  return undetermined.length > 0 ? "undetermined" : "held";
}

function milliseconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
