import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { type Folders, PROJECT_NAME } from "../folders.ts";

/** A copy of a stack's state that the engine has made, and that can be read. */
export interface StateCopy extends Checkpoint {
  readonly file: string;
}

/** Where the file backend keeps the states of the project's stacks. */
export function stateFolderOf({ state }: Folders): string {
  return path.join(state, ".pulumi", "stacks", PROJECT_NAME);
}

/** Where the file backend keeps the state of a stack. */
export function stateFileOf(folders: Folders, address: string): string {
  return path.join(stateFolderOf(folders), `${address}.json`);
}

/** Where the file backend keeps what it knows of a state file beside it, as JSON; a state may have none. */
export function attributesFileOf(file: string): string {
  return `${file}.attrs`;
}

/** Where the file backend keeps copies of a stack's earlier states. */
export function copyFoldersOf({ state }: Folders, address: string): readonly string[] {
  return ["history", "backups"].map((it) => path.join(state, ".pulumi", it, PROJECT_NAME, address));
}

/** The newest copy of a stack's state that can be read; `undefined` when there is none. */
export async function newestCopy(folders: Folders, address: string): Promise<StateCopy | undefined> {
  const kept = await Promise.all(copyFoldersOf(folders, address).map(copiesIn));
  for (const file of await newestFirst([`${stateFileOf(folders, address)}.bak`, ...kept.flat()])) {
    const copy = await readCopy(file);
    if (copy !== undefined) return copy;
  }
  return undefined;
}

async function copiesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const copies = names.filter((it) => it.endsWith(".json") && !it.endsWith(".history.json"));
  return copies.map((it) => path.join(folder, it));
}

async function newestFirst(files: readonly string[]): Promise<readonly string[]> {
  const dated = await Promise.all(
    files.map(async (file) => ({ file, time: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  return dated.toSorted((a, b) => b.time - a.time).map((it) => it.file);
}

async function readCopy(file: string): Promise<StateCopy | undefined> {
  try {
    return { file, ...parseCheckpoint(await readFile(file, "utf8")) };
  } catch {
    return undefined; // missing or broken, so of no use
  }
}
