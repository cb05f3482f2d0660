import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, statSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import lockfile from "proper-lockfile";
import { keyOf, PACKAGES, type PackageName } from "./packages.ts";
import type { Manifest } from "./spec.ts";

/** The generated folder of one package. */
export interface Folder {
  readonly path: string;
  readonly manifest: Manifest;
}

const GENERATOR = fileURLToPath(new URL("./generate/main.ts", import.meta.url));
const LOCK = { stale: 15_000, update: 3_000, retries: { retries: 1_000, minTimeout: 100, maxTimeout: 300 } };

/** The folders of all packages; generates those that are missing and repairs those that are damaged. */
export async function ensureFolders(
  directory: string,
  onProgress: (message: string) => void,
): Promise<ReadonlyMap<PackageName, Folder>> {
  if (PACKAGES.some((name) => isDamaged(directory, name))) {
    await mkdir(directory, { recursive: true });
    // If the lock is lost, two processes generate the same files and the later rename finds them there: no reason to fail.
    const lock = { ...LOCK, lockfilePath: join(directory, ".lock"), onCompromised: () => undefined };
    const release = await lockfile.lock(directory, lock);
    try {
      await generate(
        directory,
        PACKAGES.filter((name) => isDamaged(directory, name)),
        onProgress,
      );
    } finally {
      await release().catch(() => undefined);
    }
  }
  return new Map(PACKAGES.map((name) => [name, openFolder(join(directory, keyOf(name)))]));
}

/** Renames a damaged file to `<file>.corrupt`, so that it can be looked at; answers a sentence that says so. */
export function setAside(path: string): string {
  if (!existsSync(path)) return `${path} is missing`;
  renameSync(path, `${path}.corrupt`);
  return `${path} is corrupt: kept as ${path}.corrupt`;
}

function openFolder(path: string): Folder {
  const manifest = manifestOf(path);
  if (manifest === undefined)
    throw new Error(
      `the resource catalogue's ${join(path, "manifest.json")} cannot be read; delete the folder to generate it again`,
    );
  return { path, manifest };
}

function isDamaged(directory: string, name: PackageName): boolean {
  const path = join(directory, keyOf(name));
  const manifest = manifestOf(path);
  return manifest === undefined || damagedIn(path, manifest).length > 0;
}

function manifestOf(path: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(path, "manifest.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

/** Files whose size is not the one in the manifest; `Shards` compares the hash when it reads a file. */
function damagedIn(path: string, { files }: Manifest): string[] {
  return Object.entries(files).flatMap(([file, { bytes }]) => {
    const found = statSync(join(path, file), { throwIfNoEntry: false });
    return found?.size === bytes ? [] : [file];
  });
}

async function generate(directory: string, names: readonly PackageName[], onProgress: (message: string) => void) {
  if (names.length === 0) return;
  const draft = join(directory, `.draft-${randomUUID()}`);
  onProgress(`generating the resource catalogue of ${names.map((name) => `@pulumi/${name}`).join(", ")}`);
  try {
    const folders = names.map((name) => `${name}=${join(draft, keyOf(name))}`);
    // Imported only here, so that a provider process that finds its catalogue ready stays small.
    const { execa } = await import("execa");
    const run = execa(process.execPath, [GENERATOR, ...folders], { stdin: "ignore" });
    for await (const line of run) onProgress(line);
    for (const name of names) await install(join(draft, keyOf(name)), join(directory, keyOf(name)), onProgress);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function install(draft: string, folder: string, onProgress: (message: string) => void): Promise<void> {
  if (!existsSync(folder)) {
    await rename(draft, folder).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    });
    return;
  }
  const fresh = openFolder(draft);
  for (const file of damagedIn(folder, fresh.manifest)) {
    onProgress(`${setAside(join(folder, file))}; generated again`);
    await rename(join(draft, file), join(folder, file));
  }
  if (manifestOf(folder) === undefined) onProgress(`${setAside(join(folder, "manifest.json"))}; generated again`);
  await rename(join(draft, "manifest.json"), join(folder, "manifest.json"));
}
