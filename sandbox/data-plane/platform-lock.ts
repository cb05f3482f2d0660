import { isRunning } from "../running.ts";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import lockfile from "proper-lockfile";
import type { Stoppable } from "./cleanup.ts";

/** Longer than anything that keeps a platform too busy to renew its lock. */
const STALE_MS = 120_000;

/** Another platform runs in the folder. */
export class FolderInUseError extends Error {
  readonly code = "ERR_FOLDER_IN_USE";

  constructor(folder: string, pid: number | undefined) {
    const who = pid === undefined ? "another platform" : `another platform (process ${pid})`;
    super(`${who} runs in ${folder}: end it, or give this one a folder and ports of its own with --folder and --port`);
    this.name = "FolderInUseError";
  }
}

/** Takes a folder for one platform, until it is stopped or its process is gone; throws `FolderInUseError`. */
export async function lockFolder(folder: string, onProblem: (text: string) => void): Promise<Stoppable> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { lock, owner } = filesIn(folder);
  const release = await acquire(folder, onProblem);
  await writeFile(owner, String(process.pid), { mode: 0o600 });
  return {
    stop: async () => {
      await rm(owner, { force: true });
      await release().catch(() => rm(lock, { recursive: true, force: true }));
    },
  };
}

/** The process of the platform that runs in a folder, if one does. */
export async function platformIn(folder: string): Promise<number | undefined> {
  const pid = Number(await readFile(filesIn(folder).owner, "utf8").catch(() => "NaN"));
  return isRunning(pid) ? pid : undefined;
}

function filesIn(folder: string): { readonly lock: string; readonly owner: string } {
  return { lock: path.join(folder, "platform.lock"), owner: path.join(folder, "platform.pid") };
}

async function acquire(folder: string, onProblem: (text: string) => void): Promise<() => Promise<void>> {
  const { lock: lockfilePath, owner } = filesIn(folder);
  const onCompromised = (): void => onProblem(`${folder} was changed by another program: end this platform.`);
  const options = { lockfilePath, stale: STALE_MS, update: 5_000, onCompromised };
  try {
    return await lockfile.lock(folder, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
  }
  const pid = Number(await readFile(owner, "utf8").catch(() => "NaN"));
  if (Number.isNaN(pid) || isRunning(pid)) throw new FolderInUseError(folder, Number.isNaN(pid) ? undefined : pid);
  // Its owner was killed: nobody will ever release it.
  await rm(owner, { force: true });
  await rm(lockfilePath, { recursive: true, force: true });
  return acquire(folder, onProblem);
}
