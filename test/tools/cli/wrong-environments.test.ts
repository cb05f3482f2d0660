import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ProjectCopy } from "../../support/project-copy.ts";
import { WRONG_ENVIRONMENTS } from "../../environments/wrong-environments.ts";

const B2X = { file: "environments/development.ts", find: '"b2c"', replace: '"b2x"' };
let copy: ProjectCopy;
let home: string;

beforeAll(() => {
  copy = new ProjectCopy();
  home = mkdtempSync(path.join(os.tmpdir(), "alicerce-home-"));
});
afterAll(() => {
  copy.remove();
  rmSync(home, { recursive: true, force: true });
});

describe("an environment that is wrong ends with 2 before anything is planned, and is told file, key and remedy", () => {
  test.each(WRONG_ENVIRONMENTS)("$mistake", async ({ edit, file = edit.file, key, says }) => {
    const undo = copy.edit(edit);
    try {
      const environment = file.includes("production") ? "production" : "development";
      const { exitCode, stdout, stderr } = await run(["plan", environment]);
      const told = stderr.split("\n").filter((it) => it.includes(file) && it.includes(key));
      expect(exitCode, stderr).toBe(2);
      expect(stdout).toBe("");
      expect(told.join("\n"), stderr).toContain(says);
    } finally {
      undo();
    }
  });

  test("every fault at once", async () => {
    const undo = [
      copy.edit(B2X),
      copy.edit({ file: B2X.file, find: "min: 1", replace: "min: 3" }),
      copy.edit({ file: B2X.file, find: 'residency: "us"', replace: 'residency: "eu"' }),
      copy.edit({ file: B2X.file, find: "10.48.", replace: "10.0." }),
    ];
    try {
      const { stderr } = await run(["plan", "development"]);
      expect(stderr).toContain('the data of "development" has 5 faults');
      for (const key of [
        "models.eu",
        "tenants.acme-corp.scenarios[1]",
        "agents.min",
        "tenants.acme-corp.regions[0]",
        "cidr",
      ])
        expect(stderr).toContain(`${key}: `);
    } finally {
      for (const it of undo.reverse()) it();
    }
  });
});

describe("every command that is about stacks refuses the same environment", () => {
  test.each([
    "plan development",
    "plan --stack development.us-east-1.acme-corp",
    "up development",
    "up --stack development.us-east-1 --yes",
    "start development",
    "env development",
    "destroy development --yes",
    "destroy --stack development.us-east-1.acme-corp --yes",
    "status development",
  ])("%s", async (words) => {
    const undo = copy.edit(B2X);
    try {
      const { exitCode, stderr } = await run(words.split(" "));
      expect(exitCode, stderr).toBe(2);
      expect(stderr).toContain(
        'environments/development.ts: tenants.acme-corp.scenarios[1]: "b2x": did you mean "b2c"?',
      );
      expect(readdirSync(home)).toEqual([]);
    } finally {
      undo();
    }
  });

  test("but not a sound one", async () => {
    const undo = copy.edit(B2X);
    try {
      expect((await run(["status", "staging"])).exitCode).toBe(0);
    } finally {
      undo();
    }
  });
});

describe("a file that cannot be read is one line with its place", () => {
  test.each([
    [
      "a forgotten comma",
      'name: "development",',
      'name: "development"',
      /^alicerce: environments\/development\.ts:6:3: Expected /,
    ],
    ["a forgotten quote", '"b2c"', '"b2c', /^alicerce: environments\/development\.ts:20:\d+: Unterminated/],
    ["a name that is not there", '"b2c"', "b2c", /^alicerce: environments\/development\.ts:20:85: b2c is not defined/],
    [
      "an import that is not there",
      '"./schema.ts"',
      '"./shema.ts"',
      /^alicerce: environments\/development\.ts:1:29: Could not resolve/,
    ],
  ])("%s", async (_, find, replace, line) => {
    const undo = copy.edit({ file: B2X.file, find, replace });
    try {
      const { exitCode, stdout, stderr } = await run(["plan", "development"]);
      expect(exitCode, stderr).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toMatch(line);
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    } finally {
      undo();
    }
  });
});

async function run(args: readonly string[]): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> {
  const main = path.join(copy.folder, "tools/cli/main.ts");
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...args], {
    cwd: copy.folder,
    env: { ALICERCE_HOME: home },
    reject: false,
  });
  return { exitCode, stdout, stderr };
}
