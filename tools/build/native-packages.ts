import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { npm } from "../bootstrap/npm.mjs";

/** For what machine native code is installed, in npm's words. */
export interface Target {
  readonly os: string;
  readonly cpu: string;
  readonly libc: string;
}

interface LockEntry {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A lock file of npm, as far as it is read here. */
export interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockEntry>>;
}

/** The lock file of these packages alone, with all that they need, in the versions of `lock`. */
export function lockedSubset(lock: Lock, names: readonly string[]): Lock {
  const packages = new Map<string, LockEntry>();
  const add = (name: string, above: string): string => {
    const key = placeOf(lock, name, above);
    const entry = key === undefined ? undefined : lock.packages[key];
    if (key === undefined || entry === undefined) throw new TypeError(`package "${name}" is not in the lock file`);
    if (!packages.has(key)) {
      packages.set(key, entry);
      for (const it of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) add(it, key);
    }
    return entry.version ?? "";
  };
  const dependencies = Object.fromEntries(names.map((it) => [it, add(it, "")]));
  return { lockfileVersion: lock.lockfileVersion, packages: { "": { dependencies }, ...Object.fromEntries(packages) } };
}

/** Installs packages into `folder`, in the versions that the checkout has locked, for a machine that need not be this one. */
export async function installNative(
  names: readonly string[],
  { project, folder, target }: { readonly project: string; readonly folder: string; readonly target: Target },
): Promise<void> {
  const whole = JSON.parse(await readFile(path.join(project, "package-lock.json"), "utf8")) as Lock;
  const lock = lockedSubset(whole, names);
  const files = { "package.json": { private: true, ...lock.packages[""] }, "package-lock.json": lock };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), JSON.stringify(content));
  }
  const { os, cpu, libc } = target;
  const args = ["ci", "--omit=dev", `--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`];
  await npm(args, { cwd: folder, env: process.env, step: `Installing ${names.join(", ")} for ${os} on ${cpu}` });
  for (const name of Object.keys(files)) await rm(path.join(folder, name));
}

/** Where a package is that another one, at `above`, asks for: beside it, or in a folder further up. */
function placeOf({ packages }: Lock, name: string, above: string): string | undefined {
  const key = above === "" ? `node_modules/${name}` : `${above}/node_modules/${name}`;
  if (Object.hasOwn(packages, key)) return key;
  return above === "" ? undefined : placeOf({ lockfileVersion: 0, packages }, name, parentOf(above));
}

function parentOf(place: string): string {
  const end = place.lastIndexOf("/node_modules/");
  return end < 0 ? "" : place.slice(0, end);
}
