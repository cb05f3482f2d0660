import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import lockfile from "proper-lockfile";
import { isRunning } from "./running.ts";

/** Longer than anything that keeps a process too busy to renew its lock. */
const STALE_MS = 120_000;
const RENEW_MS = 5_000;

/** What `ProcessLock.take` needs to know. */
export interface Taking {
  /** The error to throw where another process holds the lock; its id, if that is known. */
  readonly inUse: (pid: number | undefined) => Error;
  /** Called where another program has changed the lock; without it, that ends the process. */
  readonly onCompromised?: () => void;
}

/** A lock of one process on a folder: `<name>.lock` in it, and beside that `<name>.pid` with the id of the process. */
export class ProcessLock {
  readonly #folder: string;
  readonly #lock: string;
  readonly #owner: string;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#lock = path.join(folder, `${name}.lock`);
    this.#owner = path.join(folder, `${name}.pid`);
  }

  /** The process that holds the lock; `undefined` where none that runs does. */
  async owner(): Promise<number | undefined> {
    const pid = await this.#writtenOwner();
    return pid !== undefined && isRunning(pid) ? pid : undefined;
  }

  /** Takes the lock, also from a process that is gone, and gives back what releases it; throws the error that `inUse` makes. */
  async take(taking: Taking): Promise<() => Promise<void>> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const release = await this.#acquire(taking);
    await writeFile(this.#owner, String(process.pid), { mode: 0o600 });
    return async () => {
      await rm(this.#owner, { force: true });
      await release().catch(() => rm(this.#lock, { recursive: true, force: true }));
    };
  }

  async #acquire(taking: Taking): Promise<() => Promise<void>> {
    const { inUse, onCompromised } = taking;
    const options = { lockfilePath: this.#lock, stale: STALE_MS, update: RENEW_MS };
    try {
      return await lockfile.lock(this.#folder, { ...options, ...(onCompromised && { onCompromised }) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    }
    const pid = await this.#writtenOwner();
    if (pid === undefined || isRunning(pid)) throw inUse(pid);
    // Its owner was killed: nobody will ever release it.
    await rm(this.#owner, { force: true });
    await rm(this.#lock, { recursive: true, force: true });
    return this.#acquire(taking);
  }

  async #writtenOwner(): Promise<number | undefined> {
    const pid = Number(await readFile(this.#owner, "utf8").catch(() => "NaN"));
    return Number.isNaN(pid) ? undefined : pid;
  }
}
