import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { markdownTable } from "../../policies/engine/table.ts";
import { LAYERS } from "./layers.ts";
import { ROOT } from "./sources.ts";

/** The page that shows the layers. */
export const PAGE = "docs/architecture.md";

/** How to write the table into the page again. */
export const COMMAND = "node test/architecture/layers-table.ts";

const [BEGIN, END] = [`<!-- begin: written by \`${COMMAND}\` -->`, "<!-- end -->"];

/** The page with the table of the layers as `layers.ts` has them; throws when the page has no place for it. */
export function withLayersTable(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${PAGE} must hold the lines "${BEGIN}" and "${END}"`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${layersTable()}\n\n${page.slice(end)}`;
}

function layersTable(): string {
  const code = (patterns: readonly string[] = []): string => patterns.map((it) => `\`${it}\``).join(", ");
  const rows = LAYERS.map(({ from, may, mayAsTypes, never }) => {
    const types = mayAsTypes === undefined ? "" : `; types of ${code(mayAsTypes)}`;
    const but = never === undefined ? "" : `; never ${code(never)}`;
    return [`\`${from}\``, may.length === 0 ? "nothing" : `${code(may)}${types}${but}`];
  });
  return markdownTable([["files in", "may import, beside their own top-level folder"], ...rows]);
}

if (import.meta.main) {
  const file = path.join(ROOT, PAGE);
  writeFileSync(file, withLayersTable(readFileSync(file, "utf8")));
}
