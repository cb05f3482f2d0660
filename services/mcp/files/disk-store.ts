import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { link, mkdir, open, readdir, realpath, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { pageOf, tooLarge } from "./memory-store.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";

const STAGING = ".staging";
const ABSENT = ["ENOENT", "ENOTDIR", "ELOOP", "EISDIR"];

/** Objects as files below a folder, for a laptop. A link that leads elsewhere is neither followed nor listed. */
export class DiskStore implements ObjectStore {
  private readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async list(...[{ prefix, after, limit }]: Parameters<ObjectStore["list"]>): ReturnType<ObjectStore["list"]> {
    const stored: StoredObject[] = [];
    const folder = join(this.root, ...prefix.split("/").slice(0, -1));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((it) => it.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const key = relative(this.root, path).split(sep).join("/");
      if (!key.startsWith(prefix)) continue;
      const { size, mtime } = await stat(path);
      stored.push({ key, size, modified: mtime });
    }
    return pageOf(stored, after, limit);
  }

  async read(...[key, limit, signal]: Parameters<ObjectStore["read"]>): ReturnType<ObjectStore["read"]> {
    const file = await this.opened(key);
    if (file === undefined) return undefined;
    try {
      const about = await file.stat();
      if (!about.isFile()) return undefined;
      if (about.size > limit) throw tooLarge(about.size, limit);
      return await file.readFile({ signal });
    } finally {
      await file.close();
    }
  }

  async write(
    ...[key, body, { ifAbsent }, signal]: Parameters<ObjectStore["write"]>
  ): ReturnType<ObjectStore["write"]> {
    const path = this.pathOf(key);
    const staged = join(this.root, STAGING, randomUUID());
    await mkdir(dirname(staged), { recursive: true });
    await mkdir(dirname(path), { recursive: true });
    if (!(await this.holds(dirname(path)))) throw new TypeError(`${key} leads out of the store`);
    const file = await open(staged, "wx");
    try {
      await file.writeFile(body, { signal });
      await file.close();
      if (!ifAbsent) return await rename(staged, path).then(() => true);
      return await link(staged, path).then(() => true, ifThere);
    } finally {
      await rm(staged, { force: true });
    }
  }

  private async opened(key: string): Promise<FileHandle | undefined> {
    const path = this.pathOf(key);
    if (!(await this.holds(path))) return undefined;
    return open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
      if (ABSENT.includes(codeOf(error))) return undefined;
      throw error;
    });
  }

  /** Whether something is there, and is where its path says. */
  private async holds(path: string): Promise<boolean> {
    try {
      const [root, real] = await Promise.all([realpath(this.root), realpath(path)]);
      return real === join(root, relative(this.root, path));
    } catch (error) {
      if (ABSENT.includes(codeOf(error))) return false;
      throw error;
    }
  }

  private pathOf(key: string): string {
    return join(this.root, ...key.split("/"));
  }
}

function ifThere(error: unknown): false {
  if (codeOf(error) === "EEXIST") return false;
  throw error;
}

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown }).code);
