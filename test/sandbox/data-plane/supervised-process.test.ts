import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { SupervisedProcess } from "../../../sandbox/data-plane/supervised-process.ts";

const folder = mkdtempSync(join(tmpdir(), "alicerce-kept-"));
const log = join(folder, "log");
afterAll(() => rmSync(folder, { recursive: true }));

/** Tells its id and waits, and its child does too. */
const PROGRAM = ["sh", "-c", "sleep 300 & echo $$ $!; wait"];

const isAlive = (id: number): boolean => {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
};

const until = async (isSo: () => boolean): Promise<boolean> => {
  for (let i = 0; i < 100 && !isSo(); i++) await sleep(50);
  return isSo();
};

const idIn = (text: string): number => Number(/^\d+/.exec(text)?.[0]);

test("a supervised process ends when it is told to, and says so", async () => {
  const started = await SupervisedProcess.start({ command: PROGRAM, cwd: folder, environment: process.env, log });
  expect(await until(() => readFileSync(log, "utf8") !== "")).toBe(true);
  const id = idIn(readFileSync(log, "utf8"));
  expect([isAlive(id), started.hasEnded]).toEqual([true, false]);
  await started.stop();
  expect([isAlive(id), started.hasEnded]).toEqual([false, true]);
});

test("a supervised process that ends by itself is known to have", async () => {
  const started = await SupervisedProcess.start({ command: ["false"], cwd: folder, environment: process.env, log });
  expect(await until(() => started.hasEnded)).toBe(true);
  await started.stop();
});

test("a supervised process does not outlive whoever started it, even if that is killed", async () => {
  const own = join(folder, "of-parent");
  const script = `
    const { SupervisedProcess } = await import(${JSON.stringify(new URL("../../../sandbox/data-plane/supervised-process.ts", import.meta.url).href)});
    await SupervisedProcess.start({ command: ${JSON.stringify(PROGRAM)}, cwd: ${JSON.stringify(folder)}, environment: process.env, log: ${JSON.stringify(own)} });
    console.log("started");
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(createInterface(parent.stdout), "line");
  expect(await until(() => readFileSync(own, "utf8") !== "")).toBe(true);
  const id = idIn(readFileSync(own, "utf8"));
  expect(isAlive(id)).toBe(true);
  parent.kill("SIGKILL");
  expect(await until(() => !isAlive(id))).toBe(true);
});
