import { randomUUID } from "node:crypto";
import { access, chmod, constants, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/** Writes an executable script, atomically, and only when it would differ. */
export async function writeScript(file: string, text: string): Promise<void> {
  const current = await readFile(file, "utf8").catch(() => undefined);
  if (current === text && (await isExecutable(file))) return;
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text);
    await chmod(draft, 0o755);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A shell script that becomes `command`, so that signals reach it and its parent is the caller. */
export function execScript(command: readonly string[]): string {
  return `#!/bin/sh\nexec ${command.map(shellQuote).join(" ")} "$@"\n`;
}

/** The text as one word of a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whether `file` is a file that may be run. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** The first executable called `name` on a search path. */
export async function findOnPath(name: string, searchPath: string): Promise<string | undefined> {
  for (const dir of searchPath.split(path.delimiter).filter((it) => it !== "")) {
    const file = path.resolve(dir, name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}
