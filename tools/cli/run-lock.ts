import { isRunning } from "../../sandbox/running.ts";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import lockfile from "proper-lockfile";
import { withStatus } from "./text/terminal.ts";
import { withSigns } from "../../sandbox/progress.ts";

/** Longer than any step that keeps the process too busy to renew its lock. */
const STALE_MS = 120_000;
const POLL_MS = 500;

/** Another run changes stacks of this project. */
export class LockedError extends Error {
  readonly code = "ERR_LOCKED";
}

/** Runs `work` while no other run of this project can change stacks. */
export async function exclusively<T>(home: string, wait: boolean, work: () => Promise<T>): Promise<T> {
  await mkdir(home, { recursive: true });
  const lock = path.join(home, "run.lock");
  const owner = path.join(home, "run.pid");
  const release = wait
    ? await withStatus((onProgress) =>
        withSigns("waiting for another run", onProgress, () => patiently(home, lock, owner)),
      )
    : await acquire(home, lock, owner);
  try {
    await writeFile(owner, String(process.pid));
    return await work();
  } finally {
    await rm(owner, { force: true });
    await release();
  }
}

async function patiently(home: string, lock: string, owner: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await acquire(home, lock, owner);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      await sleep(POLL_MS);
    }
  }
}

async function acquire(home: string, lock: string, owner: string): Promise<() => Promise<void>> {
  try {
    return await lockfile.lock(home, { lockfilePath: lock, stale: STALE_MS, update: 5_000 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
  }
  const pid = Number(await readFile(owner, "utf8").catch(() => "NaN"));
  if (!isGone(pid)) {
    const who = Number.isNaN(pid) ? "another run" : `another run (process ${pid})`;
    throw new LockedError(`${who} is changing stacks of this project; wait for it to end, or use --wait`);
  }
  // Its owner was killed: nobody will ever release it.
  await rm(owner, { force: true });
  await rm(lock, { recursive: true, force: true });
  return acquire(home, lock, owner);
}

function isGone(pid: number): boolean {
  return !Number.isNaN(pid) && !isRunning(pid);
}
