import { writeFileSync } from "node:fs";
import path from "node:path";
import { markdownTable } from "../../policies/engine/table.ts";
import { ROOT } from "../architecture/sources.ts";
import { requirementsOf, testsOf } from "./evidence.ts";
import type { Row, Status } from "./row.ts";
import { SECTIONS } from "./sections.ts";

/** The page that says how far the specification is met. */
export const PAGE = "docs/coverage.md";

/** How to write the page again. */
export const COMMAND = "node test/specification/page.ts";

const STATUSES: readonly Status[] = ["built", "partly", "missing", "decided"];

const INTRODUCTION = `# Coverage of the specification

One row for each thing that the specification asks for, in its order and in its words (Portuguese), and what answers it here.

- **built**: code does it, in a laptop's platform or in what is planned, and a rule, a proof or a test holds it. It does not mean
  that somebody has seen it on AWS.
- **partly**: a part of it; the last column says what is lacking.
- **missing**: nothing of it.
- **decided**: done differently or not at all, for the reason in [decisions.md](decisions.md).

This page is written by \`${COMMAND}\` from \`test/specification/rows/\`; a test compares it, and looks for each file, rule, proof, test and
decision that a row names.
`;

/** The text of the page: counts by section, then each section's rows. */
export function page(): string {
  return [INTRODUCTION, counts(), ...SECTIONS.map(section)].join("\n");
}

function counts(): string {
  const all = SECTIONS.flatMap(([, rows]) => rows);
  const row = (title: string, rows: readonly Row[]): readonly string[] => [
    title,
    ...STATUSES.map((status) => String(rows.filter((it) => it.status === status).length)),
    String(rows.length),
  ];
  const table = [
    ["section", ...STATUSES, "rows"],
    ...SECTIONS.map(([title, rows]) => row(title, rows)),
    row("all", all),
  ];
  return `${markdownTable(table)}\n`;
}

function section([title, rows]: (typeof SECTIONS)[number]): string {
  return `## ${title}\n\n${markdownTable([["id", "the specification", "status", "where", "held by", "lacking"], ...rows.map(cells)])}\n`;
}

function cells(row: Row): readonly string[] {
  const code = (names: readonly string[]): string => names.map((it) => `\`${it}\``).join(", ");
  const decisions = (row.decisions ?? []).map((it) => `decision “${it}”`);
  const where = [...(row.code === undefined ? [] : [code(row.code)]), ...decisions].join("; ");
  const heldBy = row.status === "missing" ? "" : code([...requirementsOf(row), ...testsOf(row)]);
  return [row.id, row.asks, row.status, where, heldBy, row.lacks ?? ""];
}

if (import.meta.main) writeFileSync(path.join(ROOT, PAGE), page());
