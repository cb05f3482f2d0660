import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { NameTakenError, type Store, type StoredResource } from "./store.ts";

const RECORD = z.object({
  account: z.string(),
  region: z.string(),
  type: z.string(),
  id: z.string(),
  urn: z.string(),
  generation: z.number(),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()),
  names: z.array(z.string()).min(1),
  uses: z.array(z.string()),
});

/** A file of the sandbox that cannot be read; it is left as it is. */
export class CorruptStateError extends Error {
  readonly code = "ERR_CORRUPT_STATE";
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(`the sandbox's record ${file} is corrupt; repair it, or delete it to let a refresh forget the resource`, {
      cause,
    });
    this.name = "CorruptStateError";
    this.file = file;
  }
}

/**
 * A store of one JSON file a resource, `<account>/<region>/<service>/<id>.json`, shared by processes without a server.
 * Each name is a small file made by an exclusive link, so two processes never both take it; a crash leaves whole files only.
 */
export class DiskStore implements Store {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    mkdirSync(join(root, ".names"), { recursive: true });
    mkdirSync(join(root, ".users"), { recursive: true });
  }

  find(name: string): StoredResource | undefined {
    const path = readIfThere(this.#nameFile(name));
    return path === undefined ? undefined : this.#read(join(this.#root, path));
  }

  put(resource: StoredResource): void {
    const file = this.#file(resource);
    const before = this.#read(file);
    const taken: string[] = [];
    for (const name of resource.names) {
      if (this.#claim(name, file)) {
        taken.push(name);
        continue;
      }
      const holder = this.find(name);
      if (holder === undefined || this.#file(holder) === file) continue;
      for (const it of taken) rmSync(this.#nameFile(it), { force: true });
      throw new NameTakenError(name, holder);
    }
    for (const used of resource.uses) writeAtomically(this.#userFile(used, file), relative(this.#root, file));
    writeAtomically(file, JSON.stringify(resource, null, 1));
    if (before !== undefined) this.#forget(before, file, resource);
  }

  remove(resource: StoredResource): void {
    const file = this.#file(resource);
    const current = this.#read(file);
    if (current === undefined) return;
    this.#forget(current, file, { names: [], uses: [] });
    rmSync(file, { force: true });
  }

  usersOf(resource: StoredResource): readonly StoredResource[] {
    const own = this.#file(resource);
    const files = new Set(resource.names.flatMap((name) => this.#usersOfName(name)));
    return [...files].flatMap((it) => (it === own ? [] : (this.#read(it) ?? [])));
  }

  all(): readonly StoredResource[] {
    return readdirSync(this.#root, { recursive: true, withFileTypes: true })
      .filter(
        (it) => it.isFile() && it.name.endsWith(".json") && !it.parentPath.slice(this.#root.length).includes("/."),
      )
      .flatMap((it) => this.#read(join(it.parentPath, it.name)) ?? []);
  }

  #usersOfName(name: string): readonly string[] {
    const folder = dirname(this.#userFile(name, ""));
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((it) => {
      const path = readIfThere(join(folder, it));
      return path === undefined ? [] : [join(this.#root, path)];
    });
  }

  #forget(old: StoredResource, file: string, now: Pick<StoredResource, "names" | "uses">): void {
    for (const it of old.names) if (!now.names.includes(it)) rmSync(this.#nameFile(it), { force: true });
    for (const it of old.uses) if (!now.uses.includes(it)) rmSync(this.#userFile(it, file), { force: true });
  }

  #claim(name: string, file: string): boolean {
    const target = this.#nameFile(name);
    mkdirSync(dirname(target), { recursive: true });
    const draft = `${target}.${process.pid}`;
    writeFileSync(draft, relative(this.#root, file));
    try {
      linkSync(draft, target);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      return this.find(name) === undefined; // a claim whose record never came: its process died between the two
    } finally {
      rmSync(draft, { force: true });
    }
  }

  #read(file: string): StoredResource | undefined {
    const text = readIfThere(file);
    if (text === undefined) return undefined;
    try {
      return RECORD.parse(JSON.parse(text));
    } catch (error) {
      throw new CorruptStateError(file, error);
    }
  }

  #file({ account, region, type, id }: StoredResource): string {
    const [pkg = "", module = ""] = type.split(":");
    const service = pkg === "aws" ? (module.split("/")[0] ?? module) : pkg;
    return join(
      this.#root,
      safe(account),
      safe(region),
      safe(service),
      `${safe(type.split(":").at(-1) ?? "")}-${digest(`${type} ${id}`)}.json`,
    );
  }

  #nameFile(name: string): string {
    const it = digest(name);
    return join(this.#root, ".names", it.slice(0, 2), it);
  }

  #userFile(name: string, file: string): string {
    return join(this.#root, ".users", digest(name), digest(file));
  }
}

function writeAtomically(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.part`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function safe(text: string): string {
  return text.replaceAll(/[^\w.-]/g, "_");
}
