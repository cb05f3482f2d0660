import { writeFileSync } from "node:fs";
import { PREMISES, type Premise } from "./premises.ts";
import type { Rule } from "./rule.ts";
import { RULES } from "../rules.ts";

const README = new URL("../README.md", import.meta.url);

const INTRODUCTION = `# The premises, as rules

Each premise of the specification is a folder here, each rule a file in it, and the rule's id is the truth that holds when it
passes. A rule _holds_, is _violated_, or is _undetermined_ for want of a value that is only known later; nothing fails open.
\`critical\` and \`high\` rules are mandatory: a violation stops the deployment before anything is created. The others advise.

\`pulumi preview|up --policy-pack policies\` enforces them; \`npx alicerce plan\` judges by them without an engine.

This page is written by \`node policies/engine/table.ts\`, and a test compares it with the rules.
`;

/** The text of `policies/README.md`: every rule, by premise. */
export function readme(): string {
  return [INTRODUCTION, ...PREMISES.map(section)].join("\n");
}

function section(premise: Premise): string {
  const { folder, id, title, titulo } = premise;
  const heading = id === "residency" ? titulo : `${id}. ${titulo}`;
  return `## ${heading}\n\n${title}: \`${folder}/\`\n\n${table(RULES.filter((it) => it.premise === id))}\n`;
}

function table(rules: readonly Rule[]): string {
  const rows = [
    ["rule", "severity", "what holds", "remediation"],
    ...rules.map(({ description, name, remediation, severity }) => [`\`${name}\``, severity, description, remediation]),
  ].map((cells) => cells.map(escape));
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((it, i) => Math.max(it.length, widest[i] ?? 0)),
    [],
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** Keeps Markdown from reading stars and bars; within backticks it reads no stars anyway. */
function escape(cell: string): string {
  return cell
    .split("`")
    .map((text, i) => (i % 2 === 0 ? text.replaceAll("*", "\\*") : text))
    .join("`")
    .replaceAll("|", "\\|");
}

if (import.meta.main) writeFileSync(README, readme());
