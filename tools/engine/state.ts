import { readFile, readdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { isCounted } from "./counting.ts";
import { type Folders, PROJECT_NAME } from "./folders.ts";

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        manifest: z.object({ time: z.string() }),
        resources: z.array(z.object({ urn: z.string(), type: z.string() })).nullish(),
        pending_operations: z.array(z.object({ type: z.string() })).nullish(),
      })
      .nullish(),
  }),
});
const lock = z.object({ pid: z.number(), hostname: z.string() });

/** What the file backend keeps of one stack. */
export interface StackState {
  readonly file: string;
  /** How many resources there are, by `isCounted`. */
  readonly resources: number;
  /** When it was last changed; absent when nothing was ever deployed. */
  readonly updatedAt?: string;
  /** Operations of which the engine did not learn the end. */
  readonly pending: number;
}

/** The state file of a stack cannot be read; it is left as it is. */
export class StateError extends Error {
  readonly code = "ERR_STATE";

  constructor(file: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    super(`state ${file} cannot be read (${reason}); it is kept as it is, and the engine's last copy is ${file}.bak`, {
      cause,
    });
    this.name = "StateError";
  }
}

/** Reads what the file backend keeps of a stack; `undefined` when there is no such stack. */
export async function readState(folders: Folders, address: string): Promise<StackState | undefined> {
  const file = path.join(folders.state, ".pulumi", "stacks", PROJECT_NAME, `${address}.json`);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StateError(file, error);
  });
  if (text === undefined) return undefined;
  try {
    const { latest } = checkpoint.parse(JSON.parse(text)).checkpoint;
    if (latest === undefined || latest === null) return { file, resources: 0, pending: 0 };
    const { manifest, resources, pending_operations: pending } = latest;
    const counted = (resources ?? []).filter(isCounted).length;
    return { file, resources: counted, updatedAt: manifest.time, pending: pending?.length ?? 0 };
  } catch (error) {
    throw new StateError(file, error);
  }
}

/** Whether the engine's lock on a stack was left behind by processes that are gone. */
export async function hasStaleLock(folders: Folders, address: string): Promise<boolean> {
  const holders = await lockHolders(folders, address);
  return holders.length > 0 && holders.every((it) => it === "gone");
}

/** The process that works on a stack right now, by the engine's own lock; `undefined` when there is none, or none that can be told. */
export async function engineAt(folders: Folders, address: string): Promise<number | undefined> {
  return (await lockHolders(folders, address)).find((it) => typeof it === "number");
}

/** Of each lock on a stack: the process that holds it, `gone` when it has ended, `unknown` when it is on another machine or unreadable. */
async function lockHolders(folders: Folders, address: string): Promise<readonly (number | "gone" | "unknown")[]> {
  const dir = path.join(folders.state, ".pulumi", "locks", "organization", PROJECT_NAME, address);
  const names = (await readdir(dir).catch(() => [])).filter((it) => it.endsWith(".json"));
  return Promise.all(names.map((name) => holderOf(path.join(dir, name))));
}

async function holderOf(file: string): Promise<number | "gone" | "unknown"> {
  try {
    const { pid, hostname } = lock.parse(JSON.parse(await readFile(file, "utf8")));
    if (hostname !== os.hostname()) return "unknown";
    return (await isEngine(pid)) ? pid : "gone";
  } catch {
    return "unknown"; // being written, or not ours to judge
  }
}

/** A number may have gone to another process since; where the system can tell, only an engine counts. */
async function isEngine(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "pulumi");
  return name.startsWith("pulumi");
}
