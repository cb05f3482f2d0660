import { writeFileSync } from "node:fs";
import { markdownTable } from "../engine/table.ts";
import { PROOFS } from "../proofs/proofs.ts";
import { RULES } from "../rules.ts";
import { FRAMEWORKS, rulesFor } from "./coverage.ts";
import { type Framework, type ListedControl, UNCOVERED } from "./framework.ts";

const PAGE = new URL("../../docs/compliance.md", import.meta.url);

const INTRODUCTION = `# Compliance

Which rules and proofs help to meet which controls, and which controls none of them speaks of. A control holds here as far as a plan can
show it, before anything is created: that is evidence for an auditor, and no certificate. Most controls ask for more than a plan can show.

\`npx alicerce plan --json\` and \`report.json\` say of each control whether it is held, violated, undetermined, exempt, not judged or not
covered (\`compliance\`); the rules of a SARIF log have their controls as tags.

This page is written by \`node policies/compliance/page.ts\`, and a test compares it with the rules.
`;

/** The text of `docs/compliance.md`: every listed control by framework. */
export function compliancePage(): string {
  return [INTRODUCTION, summary(), ...FRAMEWORKS.map(section)].join("\n");
}

function summary(): string {
  const rows = FRAMEWORKS.map((framework) => {
    const { name, version, scope, controls } = framework;
    const covered = controls.filter((it) => it.uncovered === undefined).length;
    return [`${name} ${version}`, scope, String(covered), String(controls.length - covered)];
  });
  return `${markdownTable([["framework", "what is listed", "covered", "not covered"], ...rows])}\n`;
}

function section(framework: Framework): string {
  const { name, version, controls } = framework;
  const rows = controls.map((it) => [it.reference, it.about, rulesText(framework, it)]);
  return `## ${name} ${version}\n\n${markdownTable([["control", "about", "rules and proofs"], ...rows])}\n`;
}

function rulesText(framework: Framework, control: ListedControl): string {
  if (control.uncovered !== undefined) return `none: ${UNCOVERED[control.uncovered]}`;
  return rulesFor(framework, control, [...RULES, ...PROOFS])
    .map((it) => `\`${it}\``)
    .join(", ");
}

if (import.meta.main) writeFileSync(PAGE, compliancePage());
