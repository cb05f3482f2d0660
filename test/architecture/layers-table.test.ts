import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { COMMAND, PAGE, withLayersTable } from "./layers-table.ts";
import { ROOT } from "./sources.ts";

test(`${PAGE} shows the layers that the tests enforce; if not, run: ${COMMAND}`, () => {
  const page = readFileSync(path.join(ROOT, PAGE), "utf8");
  expect(page).toBe(withLayersTable(page));
});

test("a table that says something else is found, and a page without a place for it is refused", () => {
  const page = readFileSync(path.join(ROOT, PAGE), "utf8");
  const changed = page.replace("| `contracts/`", "| `contract/` ");
  expect(changed).not.toBe(page);
  expect(withLayersTable(changed)).toBe(page);
  expect(() => withLayersTable("# Architecture\n")).toThrow("docs/architecture.md must hold the lines");
});
