import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { FOLDERS, importsOf, ROOT, sourcesIn } from "./sources.ts";

const FILE = path.join(ROOT, "test/architecture/sources-that-no-test-names.txt");

/** Source files that no test names: none imports them, and none stands at the same place below test/. Their behaviour is tested through others. */
export function unnamedSources(): readonly string[] {
  const tests = sourcesIn(["test"]);
  const named = new Set(tests.flatMap((it) => importsOf(it).map(({ target }) => target)));
  const mirrored = new Set(tests.map((it) => it.path));
  return sourcesIn(FOLDERS.filter((it) => it !== "test" && it !== "bench"))
    .map((it) => it.path)
    .filter((it) => !named.has(it) && !mirrored.has(`test/${it.replace(/\.m?[jt]s$/, "")}.test.ts`));
}

/** The list as it is written down. */
export function writtenDown(): readonly string[] {
  return readFileSync(FILE, "utf8").trim().split("\n");
}

if (import.meta.main) writeFileSync(FILE, `${unnamedSources().join("\n")}\n`);
