import { statfs } from "node:fs/promises";
import path from "node:path";

/** What a run leaves behind for each resource that it creates: its state, the engine's copies of it, its sandbox record. */
const BYTES_PER_NEW_RESOURCE = 48_000;
/** The same where the resource is there already: the engine copies the state of the stack three times. */
const BYTES_PER_KEPT_RESOURCE = 16_000;
/** The engine's own folder, of which the compiled programs and plugins are most. */
const BYTES_OF_ENGINE = 24_000_000;
/** The state of a stack, by resource, as the engine writes it again and again beside the one that is there. */
const BYTES_OF_STATE = 4_000;
const LOOK_MS = 200;

/** The disk is full, or a run would fill it. */
export class DiskSpaceError extends Error {
  readonly code = "ERR_DISK_SPACE";

  constructor(message: string) {
    super(message);
    this.name = "DiskSpaceError";
  }
}

/** A stack that is to be deployed: how many resources it is planned to have, and how many it has. */
export interface Growth {
  readonly planned: number;
  readonly present: number;
}

/** How many bytes a run on these stacks may need; an upper bound from what such runs were measured to need. */
export function bytesNeeded(stacks: readonly Growth[]): number {
  const grown = stacks.map(({ planned, present }) => {
    const created = Math.max(0, planned - present);
    return created * BYTES_PER_NEW_RESOURCE + (planned - created) * BYTES_PER_KEPT_RESOURCE;
  });
  return grown.reduce((total, it) => total + it, BYTES_OF_ENGINE);
}

/** How many bytes must be free at any moment for the engine to stop well: four times the largest states worked on at once. */
export function bytesToStop(resources: readonly number[], parallel: number): number {
  const largest = resources.toSorted((a, b) => b - a).slice(0, parallel);
  return 4_000_000 + 4 * BYTES_OF_STATE * largest.reduce((total, it) => total + it, 0);
}

/** How many bytes are free where `folder` is or will be; where nothing can tell, as many as one likes. */
export async function bytesFree(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT" && path.dirname(folder) !== folder;
    return isMissing ? bytesFree(path.dirname(folder)) : Infinity;
  }
}

/** Throws `DiskSpaceError` unless `needed` bytes are free in `folder`. */
export async function requireSpace(folder: string, needed: number): Promise<void> {
  const free = await bytesFree(folder);
  if (free >= needed) return;
  throw new DiskSpaceError(
    `too little disk space in ${folder}: this run may need ${megabytes(needed)}, and ${megabytes(free)} are free. ` +
      "Free some, or set ALICERCE_HOME to a folder on another disk; nothing was begun",
  );
}

/** Whether an error, in the words of Node.js, the engine or a provider, says that a disk is full. */
export function saysDiskIsFull(message: string): boolean {
  return /\bENOSPC\b|\bEDQUOT\b|no space left on device|disk quota exceeded/i.test(message);
}

/** Looks five times a second whether fewer than `floor` bytes are free in `folder`, and says so once; the answer ends that. */
export function watchSpace(folder: string, floor: number, onLow: () => void): () => void {
  let isOver = false;
  const timer = setInterval(() => {
    void bytesFree(folder).then((free) => {
      if (free >= floor || isOver) return;
      stop();
      onLow();
    });
  }, LOOK_MS);
  const stop = (): void => {
    isOver = true;
    clearInterval(timer);
  };
  return stop;
}

/** A number of bytes in megabytes, for people. */
export function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1_000_000)} MB`;
}
