import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Command } from "commander";
import { execa } from "execa";
import { z } from "zod";
import { PROJECT } from "../../engine/folders.ts";
import { EXIT } from "../exit-code.ts";
import { duration, say } from "../text/terminal.ts";

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const STATIC_CHECKS: readonly (readonly [name: string, script: string, ...args: string[]])[] = [
  ["format", "prettier/bin/prettier.cjs", "--check", "."],
  ["lint", "eslint/bin/eslint.js", ".", "--max-warnings", "0"],
  ["types", "typescript-7/bin/tsc", "-p", "."],
];
const report = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

/** `alicerce check`: everything that CI runs; all of it, even after a failure. */
export const check = new Command("check")
  .description("Check everything: format, lint, types and tests (npm test).")
  .action(async () => {
    const counts: Count[] = [];
    for (const [name, script, ...args] of STATIC_CHECKS) {
      counts.push(toCount(await run(name, script, args)));
    }
    counts.push(await runTests());
    const [passed, failed] = [sum(counts, "passed"), sum(counts, "failed")];
    say(`${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = EXIT.failed;
  });

async function run(name: string, script: string, args: readonly string[]): Promise<boolean> {
  const startedAt = Date.now();
  say(`\n${name} …`);
  const { failed } = await execa(process.execPath, [path.join(PROJECT, "node_modules", script), ...args], {
    cwd: PROJECT,
    reject: false,
    stdio: "inherit",
  });
  say(`${name}: ${failed ? "failed" : "passed"} in ${duration(Date.now() - startedAt)}`);
  return !failed;
}

/** A run that ends badly without a failed test (a crash, an unhandled error) counts as one. */
async function runTests(): Promise<Count> {
  const dir = await mkdtemp(path.join(os.tmpdir(), "alicerce-check-"));
  const file = path.join(dir, "tests.json");
  try {
    const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const passed = await run("tests", "vitest/vitest.mjs", args);
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) return { passed: 0, failed: 1 };
    const { numPassedTests, numFailedTests } = report.parse(JSON.parse(text));
    return { passed: numPassedTests, failed: passed ? numFailedTests : Math.max(1, numFailedTests) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function toCount(passed: boolean): Count {
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function sum(counts: readonly Count[], of: keyof Count): number {
  return counts.reduce((total, it) => total + it[of], 0);
}
