import { copyFile, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { type Folders, PROJECT_NAME } from "../folders.ts";
import { attributesFileOf, copyFoldersOf, type StateCopy, stateFileOf } from "./state-copy.ts";

/** Puts a copy in the place of a stack's state; answers where the broken file is kept. Both are whole at any moment. */
export async function repairState(folders: Folders, address: string, copy: StateCopy, now: Date): Promise<string> {
  const file = stateFileOf(folders, address);
  const aside = `${file}.broken-${now.toISOString().replaceAll(":", "")}`;
  await copyFile(file, aside);
  const attributes = await attributesOf(copy.file);
  await writeFileAtomic(file, await readFile(copy.file));
  if (attributes === undefined) await rm(attributesFileOf(file), { force: true });
  else await writeFileAtomic(attributesFileOf(file), attributes);
  return aside;
}

/** The attributes of a state file; `undefined` where there are none, or they are torn. */
async function attributesOf(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(attributesFileOf(file), "utf8");
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

/** Removes all that the file backend keeps of a stack: its state, the copies of it, and the lock. */
export async function forgetState(folders: Folders, address: string): Promise<void> {
  const file = stateFileOf(folders, address);
  const beside = await readdir(path.dirname(file)).catch(() => []);
  const own = beside.filter((it) => it.startsWith(`${address}.json`)).map((it) => path.join(path.dirname(file), it));
  const lock = path.join(folders.state, ".pulumi", "locks", "organization", PROJECT_NAME, address);
  for (const it of [...own, ...copyFoldersOf(folders, address), lock]) await rm(it, { recursive: true, force: true });
}
