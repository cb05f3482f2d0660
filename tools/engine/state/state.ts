import { isRunning } from "../../../sandbox/running.ts";
import { readFile, readdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as z from "zod";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { type Folders, PROJECT_NAME } from "../folders.ts";
import { attributesFileOf, newestCopy, type StateCopy, stateFileOf } from "./state-copy.ts";

const lock = z.object({ pid: z.number(), hostname: z.string() });

/** What the file backend keeps of one stack. */
export interface StackState extends Checkpoint {
  readonly file: string;
}

/** The state file of a stack cannot be read; it is left as it is. */
export class StateError extends Error {
  readonly code = "ERR_STATE";
  readonly address: string;
  readonly file: string;
  readonly reason: string;
  /** The newest of the engine's copies that can be read, where there is one. */
  readonly copy: StateCopy | undefined;

  constructor(address: string, file: string, { cause, copy }: { readonly cause: unknown; readonly copy?: StateCopy }) {
    const reason = cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : String(cause);
    const found = copy === undefined ? "and no copy of it can be read either" : `but its copy ${copy.file} can`;
    const next = copy === undefined ? "forget" : "repair";
    super(
      `the state of ${address} cannot be read (${file}: ${reason}), ${found}. Next: npx alicerce state ${next} ${address}`,
      { cause },
    );
    this.name = "StateError";
    this.address = address;
    this.file = file;
    this.reason = reason;
    this.copy = copy;
  }
}

/** Reads what the file backend keeps of a stack; `undefined` when there is no such stack. Throws `StateError`. */
export async function readState(folders: Folders, address: string): Promise<StackState | undefined> {
  return (await readWhole(folders, address))?.state;
}

/** The text of the state file of a stack, which can be read as a state; `undefined` when there is no such stack. Throws `StateError`. */
export async function readStateText(folders: Folders, address: string): Promise<string | undefined> {
  return (await readWhole(folders, address))?.text;
}

async function readWhole(
  folders: Folders,
  address: string,
): Promise<{ readonly text: string; readonly state: StackState } | undefined> {
  const file = stateFileOf(folders, address);
  try {
    const text = await readFile(file, "utf8");
    const state = { file, ...parseCheckpoint(text) };
    await requireWholeAttributes(address, state);
    return { text, state };
  } catch (cause) {
    if (cause instanceof StateError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const copy = await newestCopy(folders, address);
    throw new StateError(address, file, { cause, ...(copy && { copy }) });
  }
}

/** The engine reads no state whose attributes are torn, though the state itself is whole: then that is its own copy. */
async function requireWholeAttributes(address: string, state: StackState): Promise<void> {
  const file = attributesFileOf(state.file);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return;
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new StateError(address, file, { cause, copy: state });
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
  if (!isRunning(pid)) return false;
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "pulumi");
  return name.startsWith("pulumi");
}
