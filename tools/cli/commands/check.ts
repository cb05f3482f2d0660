import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Command } from "commander";
import { execa } from "execa";
import * as z from "zod";
import { foldersOf, PROJECT } from "../../engine/folders.ts";
import { CliError, resolveCli } from "../../engine/installation/cli.ts";
import { examples } from "../arguments.ts";
import { changedScope, type CheckScope, scopeOf } from "../check-scope.ts";
import { EXIT, UsageError } from "../exit-code.ts";
import { duration, note, say, withStatus } from "../text/terminal.ts";

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const file = z.object({ name: z.string(), startTime: z.number(), endTime: z.number() });
const report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), testResults: z.array(file) });

/** How many of the slowest files of tests are named. */
const SLOWEST = 10;

/** The project of Vitest that deploys whole environments on the real engine, and where its tests are. */
const DEPLOYMENTS = { project: "deployments", folder: "test/engine/deployments" };

/** `alicerce check`: what a change needs, everything that CI runs, or a part of it; to its end, even after a failure. */
export const check = new Command("check")
  .description(
    "Check format, lint, types and tests: of everything but whole deployments (npm test), of some paths, or of what has changed.",
  )
  .argument("[paths...]", "files or folders; a path of sources stands for its tests, too")
  .option(
    "--all",
    "the deployments of whole environments on the real engine as well, which take as long as all else",
    false,
  )
  .option("--changed [commit]", "what git says has changed since a commit (default: the last one), and the tests of it")
  .addHelpText(
    "after",
    examples(
      ["alicerce check", "everything but whole deployments"],
      ["alicerce check --all", "everything, as CI does"],
      ["alicerce check services/mcp/database", "one server, and its tests"],
      ["alicerce check test/tools/cli/status.test.ts", "one file of tests"],
      ["alicerce check --changed", "what is not committed yet"],
      ["alicerce check --changed main", "what a branch has changed"],
    ),
  )
  .action(async (paths: readonly string[], { all, changed }: Omit<Wanted, "paths">) => {
    const scope = await scopeFor({ paths, all, changed });
    if (scope?.paths.length === 0) say("Nothing has changed.");
    else await checkAll(scope, all);
  });

/** What was asked for. */
interface Wanted {
  readonly paths: readonly string[];
  /** Deployments as well. */
  readonly all: boolean;
  readonly changed?: string | true | undefined;
}

async function checkAll(scope: CheckScope | undefined, all: boolean): Promise<void> {
  // Side by side, because the lint, the longest, keeps one core busy and no more.
  const [counts] = await Promise.all([
    Promise.all(
      staticChecks(scope?.paths).map(async ([name, script, ...args]) => toCount(await runQuietly(name, script, args))),
    ),
    scope === undefined ? makeCli() : undefined,
  ]);
  const tests = scope?.tests ?? [];
  const leavesOut = tests.length === 0 && !all;
  counts.push(await runTests(leavesOut ? ["--project", `!${DEPLOYMENTS.project}`] : tests));
  if (leavesOut) await sayLeftOut();
  const [passed, failed] = [sum(counts, "passed"), sum(counts, "failed")];
  say(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = EXIT.failed;
}

/** The tests of the engine need the Pulumi CLI, and would run out of time where it must be built first. */
async function makeCli(): Promise<void> {
  try {
    await withStatus((onProgress) => resolveCli(foldersOf(), onProgress));
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    note(error.message);
  }
}

async function scopeFor({ paths, all, changed }: Wanted): Promise<CheckScope | undefined> {
  const isPart = changed !== undefined || paths.length > 0;
  if (all && isPart) throw new UsageError("--all checks everything: it takes no paths, and no --changed");
  if (changed === undefined) return isPart ? scopeOf(paths, PROJECT, process.cwd()) : undefined;
  if (paths.length > 0) throw new UsageError("either paths or --changed: git tells which paths have changed");
  return changedScope(changed === true ? "HEAD" : changed, PROJECT);
}

/** The types are always checked as a whole: a change of one file may break another. */
function staticChecks(
  paths: readonly string[] = ["."],
): readonly (readonly [name: string, script: string, ...args: string[]])[] {
  const linted = paths.filter((it) => it.endsWith(".ts") || path.extname(it) === "");
  const lint = ["--max-warnings", "0", "--no-warn-ignored", "--no-error-on-unmatched-pattern"];
  return [
    ["format", "prettier/bin/prettier.cjs", "--check", "--ignore-unknown", ...paths],
    ...(linted.length === 0 ? [] : [["lint", "eslint/bin/eslint.js", ...linted, ...lint] as const]),
    ["types", "typescript-7/bin/tsc", "-p", "."],
  ];
}

/** Runs one of several checks that run at once: what it says stands together, once it has ended. */
async function runQuietly(name: string, script: string, args: readonly string[]): Promise<boolean> {
  const startedAt = Date.now();
  const { failed, all } = await execa(process.execPath, [path.join(PROJECT, "node_modules", script), ...args], {
    cwd: PROJECT,
    env: process.stdout.isTTY ? { FORCE_COLOR: "1" } : {},
    reject: false,
    all: true,
    stdin: "ignore",
  });
  say(`\n${all}`.trimEnd());
  sayEnd(name, failed, startedAt);
  return !failed;
}

async function runShown(name: string, script: string, args: readonly string[]): Promise<boolean> {
  const startedAt = Date.now();
  say(`\n${name} …`);
  const { failed } = await execa(process.execPath, [path.join(PROJECT, "node_modules", script), ...args], {
    cwd: PROJECT,
    reject: false,
    stdio: "inherit",
  });
  sayEnd(name, failed, startedAt);
  return !failed;
}

function sayEnd(name: string, failed: boolean, startedAt: number): void {
  say(`${name}: ${failed ? "failed" : "passed"} in ${duration(Date.now() - startedAt)}`);
}

/** A run that ends badly without a failed test (a crash, an unhandled error) counts as one. */
async function runTests(which: readonly string[]): Promise<Count> {
  const dir = await mkdtemp(path.join(os.tmpdir(), "alicerce-check-"));
  const results = path.join(dir, "tests.json");
  try {
    const some = which.length === 0 ? [] : [...which, "--passWithNoTests"];
    const args = ["run", ...some, "--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
    const passed = await runShown("tests", "vitest/vitest.mjs", args);
    const text = await readFile(results, "utf8").catch(() => undefined);
    if (text === undefined) return { passed: 0, failed: 1 };
    const { numPassedTests, numFailedTests, testResults } = report.parse(JSON.parse(text));
    if (testResults.length > SLOWEST) saySlowest(testResults);
    return { passed: numPassedTests, failed: passed ? numFailedTests : Math.max(1, numFailedTests) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function sayLeftOut(): Promise<void> {
  const files = (await readdir(path.join(PROJECT, DEPLOYMENTS.folder))).filter((it) => it.endsWith(".test.ts"));
  say(
    `\nLEFT OUT: ${files.length} files of ${DEPLOYMENTS.folder}, which deploy whole environments on the real engine.`,
  );
  say("  npm test -- --all     runs them as well, as CI does\n");
}

function saySlowest(files: readonly z.infer<typeof file>[]): void {
  say("\nThe slowest files:");
  const times = files.map(({ name, startTime, endTime }) => ({ name, ms: endTime - startTime }));
  for (const { name, ms } of times.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST))
    say(`  ${duration(ms).padStart(12)}  ${path.relative(PROJECT, name)}`);
}

function toCount(passed: boolean): Count {
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function sum(counts: readonly Count[], of: keyof Count): number {
  return counts.reduce((total, it) => total + it[of], 0);
}
