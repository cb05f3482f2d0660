import { cpSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Engine, prepareEngine } from "../../../tools/engine/engine.ts";
import { foldersOf, PROJECT } from "../../../tools/engine/folders.ts";
import { runOperation } from "../../../tools/engine/stack.ts";
import { readState } from "../../../tools/engine/state/state.ts";
import { stateFileOf } from "../../../tools/engine/state/state-copy.ts";
import { DiskStore } from "../../../sandbox/control-plane/store/disk-store.ts";
import { temporaryProject, type TemporaryProject } from "../engine/temporary-project.ts";

const BROKEN = "development.us-east-1";

let project: TemporaryProject;
let engine: Engine;
let home: string;
let file: string;

beforeAll(async () => {
  project = await temporaryProject();
  engine = await prepareEngine({ folders: project.folders });
  for (const it of ["development", BROKEN]) await runOperation(engine, it, "up");
});
afterAll(() => project[Symbol.asyncDispose]());

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "alicerce-state-"));
  cpSync(project.folders.home, home, { recursive: true });
  file = stateFileOf(foldersOf(PROJECT, { ALICERCE_HOME: home }), BROKEN);
});
afterEach(() => rm(home, { recursive: true, force: true }));

test("what a kill has torn beside a whole state is told and repaired, and nothing of the state is lost", async () => {
  await writeFile(`${file}.attrs`, "");
  const { exitCode, stdout } = await alicerce("status", "development");
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining(`${file}.attrs cannot be read`)]);
  const before = await readFile(file, "utf8");
  expect((await alicerce("state", "repair", BROKEN, "--yes")).stdout).toContain("Repaired: 3 resources.");
  expect(await readFile(file, "utf8")).toBe(before);
  expect((await alicerce("status", "development")).exitCode).toBe(0);
});

describe("one state that a full disk has cut off", () => {
  beforeEach(async () => {
    await truncate(file, 200);
    await truncate(`${file}.bak`, 200);
  });

  test("is one line of the status, beside the healthy ones, with the way on", async () => {
    const { exitCode, stdout } = await alicerce("status", "development");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/│ development +│ yes +│ +3 │ .* ago +│/);
    expect(stdout).toMatch(/│ development\.us-east-1 +│ unreadable +│ +\? │ \? +│/);
    expect(stdout).toMatch(/│ development\.us-east-1\.acme-corp +│ no +│ +0 │ never +│/);
    expect(stdout).toMatch(/newest copy that can be read: .*(history|backups).*\(3 resources, /);
    expect(stdout).not.toContain(".bak");
    expect(stdout).toContain(`Next: npx alicerce state repair ${BROKEN}`);
  });

  test("is data, too", async () => {
    const { stdout } = await alicerce("status", "development", "--json");
    const { stacks } = JSON.parse(stdout) as { stacks: readonly object[] };
    expect(stacks[1]).toMatchObject({ address: BROKEN, unreadable: { file, copy: { resources: 3 } } });
    expect(stacks[0]).toMatchObject({ deployed: true, resources: 3 });
  });

  test("is not touched unless somebody says yes", async () => {
    for (const command of ["repair", "forget"]) {
      const { exitCode, stderr } = await alicerce("state", command, BROKEN);
      expect([exitCode, stderr]).toEqual([5, expect.stringContaining("agree with --yes")]);
    }
    await expect(readState(foldersOf(PROJECT, { ALICERCE_HOME: home }), BROKEN)).rejects.toThrow("cannot be read");
  });

  test("is repaired, and what was broken is kept", async () => {
    const { exitCode, stdout } = await alicerce("state", "repair", BROKEN, "--yes");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Repaired: 3 resources.")]);
    expect((await readdir(path.dirname(file))).filter((it) => it.includes(".broken-"))).toHaveLength(1);
    expect((await alicerce("status", "development")).exitCode).toBe(0);
    const again = await alicerce("state", "repair", BROKEN, "--json");
    expect(JSON.parse(again.stdout)).toEqual({ address: BROKEN, repaired: false });
  });

  test("is what the engine goes on from", async () => {
    await truncate(stateFileOf(project.folders, BROKEN), 200);
    await alicerceIn(project.folders.home, "state", "repair", BROKEN, "--yes");
    expect(await runOperation(engine, BROKEN, "up")).toMatchObject({ outcome: "succeeded", changes: { same: 3 } });
  });

  test("is forgotten, with a count of what is left behind, or with that as well", async () => {
    const store = new DiskStore(path.join(home, "sandbox"));
    const common = { account: "1", region: "us-east-1", type: "aws:s3/bucket:Bucket", generation: 0 };
    const rest = { inputs: {}, outputs: {}, uses: [] };
    for (const stack of [BROKEN, `${BROKEN}.acme-corp`])
      store.put({ ...common, ...rest, id: stack, names: [stack], urn: `urn:pulumi:${stack}::alicerce::a::b` });
    const first = await alicerce("state", "forget", BROKEN, "--yes");
    expect([first.exitCode, first.stdout]).toEqual([0, expect.stringContaining("Left behind: 1 resource of it")]);
    expect((await alicerce("status", "development")).stdout).toMatch(/│ development\.us-east-1 +│ no /);
    expect(store.all()).toHaveLength(2);

    await writeFile(file, "");
    expect((await alicerce("state", "forget", BROKEN, "--yes", "--resources")).exitCode).toBe(0);
    expect(store.all().map((it) => it.id)).toEqual([`${BROKEN}.acme-corp`]);
  });

  test("fails `up` with its error told once", async () => {
    const { exitCode, stdout, stderr } = await alicerce("up", "--stack", BROKEN);
    expect(exitCode).toBe(1);
    expect(`${stdout}${stderr}`.split("cannot be read (")).toHaveLength(2);
  });
});

test.each([
  ["production.mars", 2, 'unknown region "mars"'],
  ["../development", 2, "unknown environment"],
  ["development.us-east-1.acme-corp", 1, "there is no state of development.us-east-1.acme-corp"],
])("there is nothing to repair or to forget of %s", async (address, code, words) => {
  for (const command of ["repair", "forget"]) {
    const { exitCode, stderr } = await alicerce("state", command, address, "--yes");
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(words)]);
  }
});

test("a state that no data has any more can be forgotten", async () => {
  const orphan = file.replace(BROKEN, "development.us-east-1.gone");
  await writeFile(orphan, "");
  expect((await alicerce("state", "forget", "development.us-east-1.gone", "--yes")).exitCode).toBe(0);
  expect(await readdir(path.dirname(file))).not.toContain(path.basename(orphan));
});

function alicerce(...args: readonly string[]) {
  return alicerceIn(home, ...args);
}

async function alicerceIn(folder: string, ...args: readonly string[]) {
  const main = path.join(PROJECT, "tools/cli/main.ts");
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...args], {
    env: { ALICERCE_HOME: folder },
    reject: false,
    stdin: "ignore",
  });
  return { exitCode, stdout, stderr };
}
