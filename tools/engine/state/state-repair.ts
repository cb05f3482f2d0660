import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { type Folders, PROJECT_NAME } from "../folders.ts";
import { copyFoldersOf, type StateCopy, stateFileOf } from "./state-copy.ts";

/** Puts a copy in the place of a stack's state; answers where the broken file is kept. Both are whole at any moment. */
export async function repairState(folders: Folders, address: string, copy: StateCopy, now: Date): Promise<string> {
  const file = stateFileOf(folders, address);
  const aside = `${file}.broken-${now.toISOString().replaceAll(":", "")}`;
  await copyFile(file, aside);
  const attributes = await readFile(`${copy.file}.attrs`).catch(() => undefined);
  await writeFileAtomic(file, await readFile(copy.file));
  if (attributes === undefined) await rm(`${file}.attrs`, { force: true });
  else await writeFileAtomic(`${file}.attrs`, attributes);
  return aside;
}

/** Removes all that the file backend keeps of a stack: its state, the copies of it, and the lock. */
export async function forgetState(folders: Folders, address: string): Promise<void> {
  const file = stateFileOf(folders, address);
  const beside = await readdir(path.dirname(file)).catch(() => []);
  const own = beside.filter((it) => it.startsWith(`${address}.json`)).map((it) => path.join(path.dirname(file), it));
  const lock = path.join(folders.state, ".pulumi", "locks", "organization", PROJECT_NAME, address);
  for (const it of [...own, ...copyFoldersOf(folders, address), lock]) await rm(it, { recursive: true, force: true });
}
