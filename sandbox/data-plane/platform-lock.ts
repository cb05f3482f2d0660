import { ProcessLock } from "../process-lock.ts";
import type { Stoppable } from "./cleanup.ts";

/** No platform runs in the folder; the message says what to do. */
export class NoPlatformError extends Error {
  readonly code = "ERR_NO_PLATFORM";
}

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
  const stop = await lockOf(folder).take({
    inUse: (pid) => new FolderInUseError(folder, pid),
    onCompromised: () => onProblem(`${folder} was changed by another program: end this platform.`),
  });
  return { stop };
}

/** The process of the platform that runs in a folder, if one does. */
export function platformIn(folder: string): Promise<number | undefined> {
  return lockOf(folder).owner();
}

function lockOf(folder: string): ProcessLock {
  return new ProcessLock(folder, "platform");
}
