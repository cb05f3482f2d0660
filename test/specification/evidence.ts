import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { PROOFS } from "../../policies/proofs/proofs.ts";
import { RULES } from "../../policies/rules.ts";
import { ROOT } from "../architecture/sources.ts";
import type { Row } from "./row.ts";

const RULE_NAMES = [...RULES].map(({ name }) => name);
const PROOF_NAMES = PROOFS.map(({ name }) => name);
const DECISIONS = new Set(
  readFileSync(path.join(ROOT, "docs/decisions.md"), "utf8")
    .split("\n")
    .flatMap((line) => /^\| (?<subject>[^\|]+?) +\|/v.exec(line)?.groups?.["subject"] ?? []),
);

/** The tests that hold a row: those that mirror its code, and those that it names. */
export function testsOf({ code = [], tests = [] }: Row): readonly string[] {
  const mirrored = code.flatMap((it) => [
    `test/${it.replace(/\.ts$/v, "")}.test.ts`,
    `test/${it.replace(/\.ts$/v, "")}`,
  ]);
  return [...new Set([...mirrored.filter(exists), ...tests])];
}

/** What a row names and the repository does not have, and what its status asks for and it does not name. */
export function problemsOf(row: Row): readonly string[] {
  return [
    ...[...(row.code ?? []), ...(row.tests ?? [])].filter((it) => !exists(it)).map((it) => `there is no ${it}`),
    ...(row.rules ?? []).filter((it) => nameOf(RULE_NAMES, it) === undefined).map((it) => `there is no rule ${it}`),
    ...(row.proofs ?? []).filter((it) => nameOf(PROOF_NAMES, it) === undefined).map((it) => `there is no proof ${it}`),
    ...(row.decisions ?? []).filter((it) => !DECISIONS.has(it)).map((it) => `docs/decisions.md has no row "${it}"`),
    ...ASKED[row.status].filter(([, is]) => is(row)).map(([problem]) => problem),
  ];
}

/** The names of the rules and proofs that hold a row. */
export function requirementsOf({ rules = [], proofs = [] }: Row): readonly string[] {
  return [...rules.map((it) => nameOf(RULE_NAMES, it) ?? it), ...proofs.map((it) => nameOf(PROOF_NAMES, it) ?? it)];
}

const ASKED: Readonly<Record<Row["status"], readonly (readonly [problem: string, is: (row: Row) => boolean])[]>> = {
  built: [
    ["built, and no code is named", ({ code = [] }) => code.length === 0],
    ["built, and no rule, proof or test holds it", (row) => requirementsOf(row).length + testsOf(row).length === 0],
    ["built, and something is lacking", ({ lacks }) => lacks !== undefined],
  ],
  partly: [["partly, and what it lacks is not said", ({ lacks }) => lacks === undefined]],
  missing: [["missing, and what it lacks is not said", ({ lacks }) => lacks === undefined]],
  decided: [["decided, and no decision is named", ({ decisions = [] }) => decisions.length === 0]],
};

function nameOf(names: readonly string[], id: string): string | undefined {
  return names.find((it) => it === id || it.endsWith(`-${id}`));
}

function exists(file: string): boolean {
  return existsSync(path.join(ROOT, file));
}
