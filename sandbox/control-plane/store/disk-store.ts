import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
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
 * One process writes at a time, and every file is whole at any moment. Beside the records stand files that lead from a name to
 * its bearer and its users; whatever a crash leaves of them is not believed where the record does not say the same.
 */
export class DiskStore implements Store {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    mkdirSync(root, { recursive: true });
  }

  find(name: string): StoredResource | undefined {
    const path = readIfThere(this.#nameFile(name));
    const bearer = path === undefined ? undefined : this.#read(join(this.#root, path));
    return bearer?.names.includes(name) === true ? bearer : undefined;
  }

  put(resource: StoredResource): void {
    this.#alone(() => {
      const file = this.#file(resource);
      for (const name of resource.names) {
        const holder = this.find(name);
        if (holder !== undefined && this.#file(holder) !== file) throw new NameTakenError(name, holder);
      }
      const before = this.#read(file);
      const path = relative(this.#root, file);
      for (const name of resource.names) this.#write(this.#nameFile(name), path);
      for (const used of resource.uses) this.#write(this.#userFile(used, file), path);
      this.#write(file, JSON.stringify(resource, null, 1));
      if (before !== undefined) this.#forget(before, file, resource);
    });
  }

  remove(resource: StoredResource): void {
    this.#alone(() => {
      const file = this.#file(resource);
      const current = this.#read(file);
      if (current === undefined) return;
      rmSync(file, { force: true });
      this.#forget(current, file, { names: [], uses: [] });
    });
  }

  usersOf(resource: StoredResource): readonly StoredResource[] {
    const own = this.#file(resource);
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

  #alone(work: () => void): void {
    exclusively(join(this.#root, ".lock", "store"), work);
  }

  /** Writes a whole file or none. Only who holds the lock writes, so that what a crash leaves is overwritten by the next. */
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
