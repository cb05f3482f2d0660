import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PROJECT } from "../../../tools/engine/folders.ts";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "alicerce-home-"));
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe("bad usage exits with 2 and lists what is valid", () => {
  test.each([
    [["plan", "prod"], 'unknown environment "prod"; valid: development, production, staging'],
    [["status", "--stack", "production.mars"], 'unknown region "mars" in "production.mars"; valid: us-east-1, '],
    [
      ["up", "--stack", "production.eu-west-1.acme-corp"],
      'unknown tenant "acme-corp" in "production.eu-west-1.acme-corp"; valid: norda-ab, xyz-gmbh',
    ],
    [["destroy", "staging", "--stack", "production"], 'stack "production" is not in environment "staging"'],
    [["destroy"], "name what to destroy: an environment, or one stack by --stack"],
    [["destroy", "prod", "--yes"], 'unknown environment "prod"; valid: development, production, staging'],
    [["destroy", "--stack", "staging.eu-west-1.nobody", "--yes"], 'unknown tenant "nobody"'],
    [["up", "--allow-deletes", "many"], "It must be a number from 0 to 999999."],
    [["plan", "--preview", "psychic"], "Allowed choices are realistic, known."],
    [["up", "--parallel", "0"], "It must be a number from 1 to 999."],
    [["plan", "--colour"], "unknown option '--colour'"],
    [["plan", "production", "staging"], "too many arguments"],
    [["deploy"], "unknown command 'deploy'"],
    [["build", "--push", "nope"], 'unknown image "nope"; valid: agent-coordinator, '],
    [
      ["build", "--copy", "keycloak", "--environment", "prod"],
      'unknown environment "prod"; valid: development, production, staging',
    ],
  ])("%j", async (args, words) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(words);
    expect(await readdir(home)).toEqual([]);
  });
});

test("help exits with 0 and tells the exit codes and examples", async () => {
  const general = await run(["--help"]);
  expect(general.exitCode).toBe(0);
  expect(general.stdout).toContain("3    a premise is violated");
  expect(general.stdout).toContain("4    a mandatory rule cannot be decided");
  expect(general.stdout).toContain("5    something would be deleted or replaced");
  const plan = await run(["plan", "--help"]);
  expect(plan.exitCode).toBe(0);
  expect(plan.stdout).toContain("alicerce plan --stack production.eu-west-1");
});

test("the version is that of the package", async () => {
  const manifest = JSON.parse(await readFile(path.join(PROJECT, "package.json"), "utf8")) as { version: string };
  expect(await run(["--version"])).toEqual({ exitCode: 0, stdout: manifest.version, stderr: "" });
});

test("the help of --preview tells the modes in the order of its choices", async () => {
  const { stdout } = await run(["plan", "--help"]);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    'nothing (realistic), or all that the sandbox will answer (known) (choices: "realistic", "known"',
  );
});

test("status tells what is deployed, as data and without colours when asked", async () => {
  const { exitCode, stdout } = await run(["status", "staging", "--json"]);
  expect(exitCode).toBe(0);
  const status = JSON.parse(stdout) as { sandbox: string; stacks: readonly unknown[] };
  expect(status.sandbox).toBe(path.join(home, "sandbox"));
  expect(status.stacks[0]).toEqual({
    address: "staging",
    deployed: false,
    resources: 0,
    updatedAt: null,
    pending: 0,
    condition: "no",
  });
  const table = await run(["status", "staging"]);
  expect(table.stdout).toContain("staging.eu-west-1");
  expect(table.stdout).not.toContain("\u001B");
});

test("a second run refuses while a first one works, and names its process", async () => {
  await mkdir(path.join(home, "run.lock"));
  await writeFile(path.join(home, "run.pid"), String(process.pid));
  const { exitCode, stderr } = await run(["destroy", "staging", "--yes"]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`another run (process ${process.pid}) is changing stacks of this project`);
});

test("what a killed run has locked is free again", async () => {
  const ended = execa("true");
  await ended;
  await mkdir(path.join(home, "run.lock"));
  await writeFile(path.join(home, "run.pid"), String(ended.pid));
  const { exitCode, stdout, stderr } = await run(["destroy", "staging", "--yes"]);
  expect(stdout, stderr).toContain("0 stacks");
  expect(exitCode).toBe(0);
});

test("env prints what a shell evaluates, and Pulumi then knows every stack", async () => {
  const { exitCode, stdout } = await run(["env", "development"]);
  expect(exitCode).toBe(0);
  expect(stdout.split("\n").every((it) => /^export [A-Z_]+='/.test(it))).toBe(true);
  const listed = await execa("sh", ["-c", `${stdout}\npulumi stack ls --json`], { cwd: PROJECT });
  const names = (JSON.parse(listed.stdout) as { name: string }[]).map((it) => it.name);
  expect(names).toContain("development.us-east-1");
});

async function run(args: readonly string[]): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [path.join(PROJECT, "tools/cli/main.ts"), ...args],
    {
      env: { ALICERCE_HOME: home },
      reject: false,
    },
  );
  return { exitCode, stdout, stderr };
}
