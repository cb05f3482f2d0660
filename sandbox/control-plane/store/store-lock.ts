import { isRunning } from "../../running.ts";
import { createHash, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { threadId } from "node:worker_threads";

/** How long a process waits for the others, which hold the lock for milliseconds. */
const WAIT_LIMIT_MS = 30_000;
const PAUSE_MS = 2;

/** Another process, which still runs, did not release the lock in time. */
export class StoreLockedError extends Error {
  readonly code = "ERR_STORE_LOCKED";

  constructor(file: string, holder: string) {
    super(`the sandbox is locked by process ${holder.split(" ")[0] ?? holder} (${file}): end it, or wait for it`);
    this.name = "StoreLockedError";
  }
}

/** Runs `work`, which must not wait for anything, while no other process runs any under the same lock file; throws `StoreLockedError`. */
export function exclusively<T>(file: string, work: () => T): T {
  mkdirSync(dirname(file), { recursive: true });
  acquire(file, Date.now() + WAIT_LIMIT_MS);
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Takes the lock: by an exclusive link, or by replacing the lock of a process that has ended. */
function acquire(file: string, deadline: number): void {
  const draft = `${file}.${process.pid}-${threadId}`;
  writeFileSync(draft, `${process.pid} ${startOf(process.pid)} ${randomUUID()}`);
  try {
    for (;;) {
      if (linked(draft, file)) return;
      const holder = readIfThere(file);
      if (holder === undefined) continue;
      if (!isAlive(holder)) {
        if (tookOver(draft, file, holder, deadline)) return;
      } else if (Date.now() > deadline) throw new StoreLockedError(file, holder);
      else pause();
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Replaces the lock of a process that has ended; of several that try, one at a time looks again and replaces it. */
function tookOver(draft: string, file: string, holder: string, deadline: number): boolean {
  const succession = `${file}.${createHash("sha256").update(holder).digest("hex").slice(0, 16)}`;
  acquire(succession, deadline);
  try {
    if (readIfThere(file) !== holder) return false;
    renameSync(draft, file);
    return true;
  } finally {
    rmSync(succession, { force: true });
  }
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Whether the process that a lock names still runs, and its number is not that of a later process. */
function isAlive(holder: string): boolean {
  const [pid = "", start = ""] = holder.split(" ");
  return isRunning(Number(pid)) && startOf(Number(pid)) === start;
}

/** When a process started, in the kernel's clock ticks since boot; "" where there is no /proc. */
function startOf(pid: number): string {
  // Field 22 of /proc/<pid>/stat (proc(5)); the name of the program in parentheses may hold spaces, so count from its end.
  return readIfThere(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ")[19] ?? "";
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
