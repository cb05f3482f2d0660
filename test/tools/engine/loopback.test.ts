import { mkdtempDisposable } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { PROJECT } from "../../../tools/engine/folders.ts";
import { requireLoopback } from "../../../tools/engine/loopback.ts";

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  console.warn("test/tools/engine/loopback.test.ts: NOT RUN as a whole, because only root can take the network away");

test("a machine whose loopback interface is up is found fit", async () => {
  await expect(requireLoopback()).resolves.toBeUndefined();
});

test.skipIf(!isRoot)("without a loopback interface `up` is refused at once, with what to do", async () => {
  await using home = await mkdtempDisposable(path.join(os.tmpdir(), "alicerce-home-"));
  const main = path.join(PROJECT, "tools/cli/main.ts");
  const { exitCode, stdout, stderr } = await execa(
    "unshare",
    ["-n", process.execPath, main, "up", "--stack", "staging"],
    {
      env: { ALICERCE_HOME: home.path },
      reject: false,
    },
  );
  expect(exitCode).toBe(1);
  expect(stderr).toContain("nothing can be reached on 127.0.0.1");
  expect(stderr).toContain("ip link set lo up");
  expect(`${stdout}${stderr}`).not.toContain("deploying");
});
