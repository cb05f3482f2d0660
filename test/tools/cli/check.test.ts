import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scopeOf } from "../../../tools/cli/check-scope.ts";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { ProjectCopy } from "../../support/project-copy.ts";

const ALSO = [
  ".prettierrc.json",
  "eslint.config.js",
  "vitest.config.ts",
  "test/file-order.ts",
  "test/architecture/prose/require-docstring.ts",
  "test/support/built-bundles.ts",
  "test/support/plain-output.ts",
  "test/tools/release",
];

describe("what is checked of a path", () => {
  test.each<[string[], string[]]>([
    [["services/mcp/files"], ["test/services/mcp/files/"]],
    [["test/services/mcp/files/"], ["test/services/mcp/files/"]],
    [["tools/report/report.ts"], ["test/tools/report/report."]],
    [["test/tools/report/report.test.ts"], ["test/tools/report/report.test.ts"]],
    [
      ["tools/cli", "tools/offline-planner"],
      ["test/tools/cli/", "test/tools/offline-planner/"],
    ],
    [["."], []],
  ])("%j is tested by %j", (paths, tests) => {
    expect(scopeOf(paths, PROJECT, PROJECT)).toEqual({ paths: paths.map((it) => it.replace(/\/$/, "")), tests });
  });

  test("is given from where one stands", () => {
    expect(scopeOf(["report.ts"], PROJECT, path.join(PROJECT, "tools/report")).paths).toEqual([
      "tools/report/report.ts",
    ]);
  });

  test.each([
    ["tools/nowhere", "there is no tools/nowhere"],
    ["../elsewhere", "is not in"],
  ])("%s is refused", (given, words) => {
    expect(() => scopeOf([given], PROJECT, PROJECT)).toThrow(words);
  });
});

test("what is left out without --all are the deployments, and nothing else", async () => {
  const folder = "test/engine/deployments";
  const deployments = readdirSync(path.join(PROJECT, folder)).map((it) => `${folder}/${it}`);
  const [all, most] = await Promise.all([filesOf(), filesOf("--project", "!deployments")]);
  expect(all.filter((it) => !most.includes(it))).toEqual(deployments.toSorted());
  expect(most.length).toBe(all.length - deployments.length);
});

/** The files of tests that Vitest would run, from the root of the checkout. */
async function filesOf(...args: readonly string[]): Promise<readonly string[]> {
  const vitest = path.join(PROJECT, "node_modules/vitest/vitest.mjs");
  const options = { cwd: PROJECT, env: { VITEST: undefined } };
  const { stdout } = await execa(process.execPath, [vitest, "list", "--filesOnly", "--json", ...args], options);
  const found = JSON.parse(stdout) as readonly { readonly file: string }[];
  return [...new Set(found.map((it) => path.relative(PROJECT, it.file)))].toSorted();
}

describe("check", () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = new ProjectCopy(ALSO);
    writeFileSync(path.join(copy.folder, ".gitignore"), "node_modules\ndist\n.alicerce\n");
    for (const args of [
      ["init", "-q"],
      ["add", "-A"],
      ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ])
      await execa("git", args, { cwd: copy.folder });
    await execa("ln", ["-s", path.join(PROJECT, "node_modules"), "node_modules"], { cwd: copy.folder, reject: false });
  });
  afterAll(() => copy.remove());

  test("runs the tests below a path, and no others", async () => {
    write(
      "test/tools/elsewhere.test.ts",
      'import { test } from "vitest";\n\ntest("fails", () => {\n  throw new Error();\n});\n',
    );
    const { exitCode, stdout } = await check("tools/release/release-steps.ts");
    expect(stdout).toContain("release-steps.test.ts");
    expect(stdout).not.toMatch(/elsewhere|releases-file\.test/);
    expect([exitCode, stdout.split("\n").at(-1)], stdout).toEqual([
      0,
      expect.stringMatching(/^\d\d passed, 0 failed$/),
    ]);
  });

  test("runs the tests of what has changed, and formats and lints that alone", async () => {
    const { exitCode, stdout } = await check("--changed");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/elsewhere\.test\.ts/);
    expect(stdout).not.toMatch(/release-steps\.test/);
    expect(stdout).toContain("format: passed");
  });

  test("finds what is badly formatted in a path", async () => {
    write("tools/release/bad.ts", "/** Bad. */\nexport const bad = {a:1}\n");
    const { exitCode, stdout } = await check("tools/release/bad.ts");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("format: failed");
    expect(stdout).toMatch(/\n3 passed, 1 failed$|\n2 passed, 1 failed$/);
  });

  test.each([
    [["tools/nowhere"], "there is no tools/nowhere"],
    [["tools", "--changed"], "either paths or --changed"],
    [["tools", "--all"], "--all checks everything"],
    [["--all", "--changed"], "--all checks everything"],
    [["--changed", "nowhere"], "git cannot tell what has changed"],
  ])("%j is refused with 2", async (args, words) => {
    const { exitCode, stderr } = await check(...args);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  function write(file: string, text: string): void {
    writeFileSync(path.join(copy.folder, file), text);
  }

  function check(...args: readonly string[]) {
    const main = path.join(copy.folder, "tools/cli/main.ts");
    const env = {
      VITEST: undefined,
      VITEST_POOL_ID: undefined,
      VITEST_WORKER_ID: undefined,
      VITEST_MODE: undefined,
    };
    return execa(process.execPath, [main, "check", ...args], { cwd: copy.folder, env, reject: false });
  }
});
