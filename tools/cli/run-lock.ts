import { setTimeout as sleep } from "node:timers/promises";
import { ProcessLock } from "../../sandbox/process-lock.ts";
import { withSigns } from "../../sandbox/progress.ts";
import { withStatus } from "./text/terminal.ts";

const POLL_MS = 500;

/** Another run changes stacks of this project. */
export class LockedError extends Error {
  readonly code = "ERR_LOCKED";
}

/** The lock of whoever changes stacks of this project. */
export function runLock(home: string): ProcessLock {
  return new ProcessLock(home, "run");
}

/** Runs `work` while no other run of this project can change stacks; throws `LockedError`, unless it is to `wait`. */
export async function exclusively<T>(home: string, wait: boolean, work: () => Promise<T>): Promise<T> {
  const release = wait
    ? await withStatus((onProgress) => withSigns("waiting for another run", onProgress, () => patiently(home)))
    : await take(home);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function patiently(home: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await take(home);
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      await sleep(POLL_MS);
    }
  }
}

function take(home: string): Promise<() => Promise<void>> {
  return runLock(home).take({
    inUse: (pid) => {
      const who = pid === undefined ? "another run" : `another run (process ${pid})`;
      return new LockedError(`${who} is changing stacks of this project; wait for it to end, or use --wait`);
    },
  });
}
