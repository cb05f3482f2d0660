import { cp, mkdtemp, open, readFile, rm, statfs, unlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bytesNeeded, bytesToStop, requireSpace } from "../../../tools/engine/state/disk-space.ts";
import { prepareEngine } from "../../../tools/engine/engine.ts";
import { foldersOf, PROJECT } from "../../../tools/engine/folders.ts";
import { runOperation } from "../../../tools/engine/stack.ts";
import { readState } from "../../../tools/engine/state/state.ts";

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  console.warn("test/engine/deployments/full-disk.test.ts: NOT RUN, because only root can mount a small file system");

test("how much a run needs rises with the resources that it creates", () => {
  const fresh = bytesNeeded([{ planned: 416, present: 0 }]);
  expect(fresh).toBeGreaterThan(32_000_000); // what such a run was measured to leave behind
  expect(bytesNeeded([{ planned: 416, present: 416 }])).toBeLessThan(fresh);
  expect(bytesNeeded([{ planned: 2495, present: 0 }])).toBeGreaterThan(fresh * 3);
});

test("what must be free to stop is that of the largest stacks at work", () => {
  expect(bytesToStop([9, 90, 317], 1)).toBe(bytesToStop([317], 4));
  expect(bytesToStop([9, 90, 317], 2)).toBeGreaterThan(bytesToStop([317], 1));
});

test("too little space is refused with how much is needed and how much there is", async () => {
  const refused = requireSpace(os.tmpdir(), Number.MAX_SAFE_INTEGER);
  await expect(refused).rejects.toMatchObject({ code: "ERR_DISK_SPACE" });
  await expect(requireSpace(os.tmpdir(), 9e15)).rejects.toThrow(
    /may need 9000000000 MB, and \d+ MB are free\..*ALICERCE_HOME/,
  );
  await requireSpace(path.join(os.tmpdir(), "not", "there", "yet"), 1);
});

const TENANT = "development.us-east-1.acme-corp";
const PARENTS = ["development", "development.us-east-1"];

describe.skipIf(!isRoot)("on a small disk", () => {
  /** Where the stacks that the tenant's stands on are deployed, once for all disks. */
  let deployed: string;
  let home: string;
  beforeAll(async () => {
    deployed = await mkdtemp(path.join(os.tmpdir(), "alicerce-disk-deployed-"));
    const { environment, ...engine } = await prepareEngine({
      folders: foldersOf(PROJECT, { ALICERCE_HOME: deployed }),
    });
    // Saves its state at the end of an operation only, which takes two thirds of the time.
    const quick = { ...engine, environment: { ...environment, PULUMI_SKIP_CHECKPOINTS: "true" } };
    for (const it of PARENTS) {
      const { outcome, diagnostics } = await runOperation(quick, it, "up", { policyPacks: ["policies"] });
      expect(outcome, JSON.stringify(diagnostics)).toBe("succeeded");
    }
  });
  afterAll(() => rm(deployed, { recursive: true, force: true }));
  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), "alicerce-disk-"));
  });
  afterEach(async () => {
    await execa("umount", ["--lazy", home]);
    await rm(home, { recursive: true, force: true });
  });
  const mount = (megabytes: number) => execa("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", home]);

  test("a run that would not fit is refused before it begins", async () => {
    await mount(14);
    const { exitCode, all } = await up(home, "development");
    expect(exitCode).toBe(1);
    expect(all).toMatch(/too little disk space in .*: this run may need \d+ MB, and 1\d MB are free/);
    expect(all).not.toContain("deploying");
    const report = JSON.parse(await readFile(path.join(home, "report/report.json"), "utf8")) as object;
    expect(report).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("too little disk space") as unknown,
    });
  });

  test.each([
    ["nearly full", 3_000_000],
    ["full to the last byte", 0],
  ])("a disk that becomes %s stops the run, which says so once, and goes on later", async (_, left) => {
    await mount(160);
    await cp(deployed, home, { recursive: true });
    const run = up(home, "--stack", TENANT);
    const isDeploying = Promise.withResolvers<undefined>();
    let seen = "";
    run.all.on("data", (chunk) => {
      seen += String(chunk);
      if (seen.includes("acme-corp: deploying")) isDeploying.resolve(undefined);
    });
    await Promise.race([isDeploying.promise, run]);
    const filler = await fill(left);
    const filledAt = Date.now();
    const { exitCode } = await run;
    const { stdout } = await run;
    expect(exitCode).toBe(1);
    expect(Date.now() - filledAt).toBeLessThan(60_000);
    expect(stdout.match(/the disk is full/g), stdout).toHaveLength(1);
    expect(stdout).not.toMatch(/ENOSPC|no space left/i);

    await unlink(filler);
    if (left > 0) {
      const folders = foldersOf(PROJECT, { ALICERCE_HOME: home });
      for (const it of PARENTS) expect((await readState(folders, it))?.resources, it).toBeGreaterThan(0);
      expect(await readState(folders, TENANT)).toBeDefined();
      expect((await up(home, "--stack", TENANT)).exitCode).toBe(0);
    }
  });

  /** Writes a file until no more than `left` bytes are free. */
  async function fill(left: number): Promise<string> {
    const filler = path.join(home, "filler");
    const file = await open(filler, "w");
    try {
      for (;;) {
        const { bavail, bsize } = await statfs(home);
        const size = Math.min(bavail * bsize - left, 4_000_000);
        if (size <= 0) return filler;
        await file.write(Buffer.alloc(size, 1));
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") return filler;
      throw error;
    } finally {
      await file.close();
    }
  }

  function up(folder: string, ...which: readonly string[]) {
    const main = path.join(PROJECT, "tools/cli/main.ts");
    return execa(process.execPath, [main, "up", ...which], {
      env: { ALICERCE_HOME: folder },
      all: true,
      reject: false,
    });
  }
});
