import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as z from "zod";
import { StorePaths } from "./store-paths.ts";
import { exclusively } from "./store-lock.ts";
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

/** A record of the sandbox that cannot be read; the file is not changed. */
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
 * A store of one JSON file per resource, `<account>/<region>/<service>/<id>.json`, which several processes share without a server.
 * One process writes at a time, and each file is replaced as a whole. Index files lead from a name to the resource that has it and
 * to those that refer to it; an index entry that a crash has left behind counts only where the record says the same.
 */
export class DiskStore implements Store {
  readonly #root: string;
  readonly #paths: StorePaths;

  constructor(root: string) {
    this.#root = root;
    this.#paths = new StorePaths(root);
    mkdirSync(root, { recursive: true });
  }

  find(name: string): StoredResource | undefined {
    const path = readIfThere(this.#paths.name(name));
    const holder = path === undefined ? undefined : this.#read(join(this.#root, path));
    return holder?.names.includes(name) === true ? holder : undefined;
  }

  put(resource: StoredResource): void {
    this.#alone(() => {
      const file = this.#paths.record(resource);
      for (const name of resource.names) {
        const holder = this.find(name);
        if (holder !== undefined && this.#paths.record(holder) !== file) throw new NameTakenError(name, holder);
      }
      const before = this.#read(file);
      const path = relative(this.#root, file);
      for (const name of resource.names) this.#write(this.#paths.name(name), path);
      for (const used of resource.uses) this.#write(this.#paths.user(used, file), path);
      this.#write(file, JSON.stringify(resource, null, 1));
      if (before !== undefined) this.#forget(before, file, resource);
    });
  }

  remove(resource: StoredResource): void {
    this.#alone(() => {
      const file = this.#paths.record(resource);
      const current = this.#read(file);
      if (current === undefined) return;
      rmSync(file, { force: true });
      this.#forget(current, file, { names: [], uses: [] });
    });
  }

  usersOf(resource: StoredResource): readonly StoredResource[] {
    const own = this.#paths.record(resource);
    const files = new Set(resource.names.flatMap((name) => this.#usersOfName(name)));
    return [...files]
      .flatMap((it) => (it === own ? [] : (this.#read(it) ?? [])))
      .filter(({ uses }) => uses.some((it) => resource.names.includes(it)));
  }

  all(): readonly StoredResource[] {
    return readdirSync(this.#root, { recursive: true, withFileTypes: true })
      .filter(
        (it) => it.isFile() && it.name.endsWith(".json") && !it.parentPath.slice(this.#root.length).includes("/."),
      )
      .flatMap((it) => this.#read(join(it.parentPath, it.name)) ?? []);
  }

  #usersOfName(name: string): readonly string[] {
    const folder = dirname(this.#paths.user(name, ""));
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((it) => {
      const path = readIfThere(join(folder, it));
      return path === undefined ? [] : [join(this.#root, path)];
    });
  }

  #forget(old: StoredResource, file: string, now: Pick<StoredResource, "names" | "uses">): void {
    for (const it of old.names) if (!now.names.includes(it)) rmSync(this.#paths.name(it), { force: true });
    for (const it of old.uses) if (!now.uses.includes(it)) rmSync(this.#paths.user(it, file), { force: true });
  }

  #alone(work: () => void): void {
    exclusively(join(this.#root, ".lock", "store"), work);
  }

  /** Replaces a file as a whole. Only the holder of the lock writes, so the next write replaces a draft that a crash has left. */
  #write(file: string, text: string): void {
    const draft = join(this.#root, ".lock", "draft");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, file);
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
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
