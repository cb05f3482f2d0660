import { writeFileSync } from "node:fs";
import { PREMISES, type Premise } from "./premises.ts";
import { PROOFS } from "../proofs/proofs.ts";
import type { Requirement } from "./rule.ts";
import { RULES } from "../rules.ts";
import { EXAMPLES } from "../rules/examples.ts";

const README = new URL("../README.md", import.meta.url);

const INTRODUCTION = `# The premises, as rules

Each premise of the specification is a folder here, and each rule a file in it. The id of a rule says what is true when it passes.
For each resource a rule _holds_, is _violated_, or is _undetermined_ because a value is not known yet; it never passes for that reason.
\`critical\` and \`high\` rules are mandatory: a violation stops the deployment before anything is created. The others advise.

\`pulumi preview|up --policy-pack policies\` enforces them; \`npx alicerce plan\` judges by them without an engine.

- What belongs here: rules (\`premise-<n>-<title>/\`, \`residency/\`), what several rules read from a plan (\`facts/\`), which types and
  properties are understood (\`descriptions/\`), proofs over all stacks of an environment together (\`proofs/\`), findings that are borne
  for a while (\`exemptions/\`), the controls of frameworks (\`compliance/\`), how all are written and judged (\`engine/\`), and the policy pack for Pulumi's engine (\`pack/\`).
- What it may import: \`contracts/\`, \`environments/\` and \`plan/\`; never \`components/\`, \`infra/\` or \`services/\`, which it judges.
- Where to begin: \`engine/rule.ts\` (what a rule is), then any rule, then \`engine/judge.ts\`.
- To add a rule: a file in the folder of its premise, a line in \`rules.ts\`, a test of the same name below \`test/policies/\` with cases
  that it accepts and rejects.

This page is written by \`node policies/engine/table.ts\`, and a test compares it with the rules. The example of each premise is judged
by a test as well, as it stands here.
`;

/** The text of `policies/README.md`: every rule, by premise, and every proof. */
export function readme(): string {
  return [INTRODUCTION, ...PREMISES.map(section), proofs()].join("\n");
}

function proofs(): string {
  return `## Proofs\n\nOver the plans of all stacks of an environment together: \`proofs/\`\n\n${table("proof", PROOFS)}\n`;
}

function section(premise: Premise): string {
  const { folder, id, title, titulo } = premise;
  const heading = id === "residency" ? titulo : `${id}. ${titulo}`;
  return `## ${heading}\n\n${title}: \`${folder}/\`\n\n${table(
    "rule",
    RULES.filter((it) => it.premise === id),
  )}\n\n${examples(premise)}\n`;
}

function examples({ id }: Premise): string {
  const lines = EXAMPLES.filter((it) => it.premise === id).map(({ inputs, instead, name, rule, says, type }) =>
    [
      `${type} "${name}" with ${JSON.stringify(inputs)}`,
      `  violates ${rule}: ${says}`,
      `  holds with ${JSON.stringify(instead)}`,
    ].join("\n"),
  );
  return `\`\`\`text\n${lines.join("\n")}\n\`\`\``;
}

function table(kind: string, rules: readonly Requirement[]): string {
  return markdownTable([
    [kind, "severity", "what holds", "remediation"],
    ...rules.map(({ description, name, remediation, severity }) => [`\`${name}\``, severity, description, remediation]),
  ]);
}

/** A Markdown table as Prettier formats it; the first row is the heading. */
export function markdownTable(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(escape));
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((it, i) => Math.max(it.length, widest[i] ?? 0)),
    [],
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** Escapes `*` and `|` for Markdown; inside backticks only `|`. */
function escape(cell: string): string {
  return cell
    .split("`")
    .map((text, i) => (i % 2 === 0 ? text.replaceAll("*", "\\*") : text))
    .join("`")
    .replaceAll("|", "\\|");
}

if (import.meta.main) writeFileSync(README, readme());
