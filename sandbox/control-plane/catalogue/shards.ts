import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setAside, type Folder } from "./cache.ts";
import { isPackageName, type PackageName } from "./packages.ts";
import { CUSTOM_RESOURCE, shardOf, type Shard } from "./spec.ts";

interface Tokens {
  readonly resources: readonly string[];
  readonly functions: readonly string[];
}

/** The generated files; each is read when it is first needed, and then kept. */
export class Shards {
  readonly #folders: ReadonlyMap<PackageName, Folder>;
  readonly #read = new Map<string, unknown>();
  #groups: ReadonlySet<string> | undefined;

  constructor(folders: ReadonlyMap<PackageName, Folder>) {
    this.#folders = folders;
  }

  /** The shard of the module that a token names, or `undefined` when there is no such module; throws when the file is damaged. */
  holding(token: string): Shard | undefined {
    const folder = this.#folderOf(token);
    const file = shardOf(token);
    if (folder === undefined || !Object.hasOwn(folder.manifest.files, file) || file === "tokens.json") return undefined;
    return this.#contents(folder, file) as Shard;
  }

  /** Every token, of resources and functions. */
  tokens(): readonly string[] {
    return [...this.#folders.values()].flatMap((folder) => {
      const { resources, functions } = this.#contents(folder, "tokens.json") as Tokens;
      return [...resources, ...functions].filter((token) => token !== CUSTOM_RESOURCE);
    });
  }

  /** The API groups of the Kubernetes package, all of whose types are known. */
  kubernetesGroups(): ReadonlySet<string> {
    if (this.#groups !== undefined) return this.#groups;
    const folder = this.#folders.get("kubernetes");
    const { resources } = (folder === undefined ? undefined : this.#contents(folder, "tokens.json")) as Tokens;
    this.#groups = new Set(resources.map((token) => token.split(":")[1]?.split("/")[0] ?? ""));
    return this.#groups;
  }

  #folderOf(token: string): Folder | undefined {
    const [first = "", , last = ""] = token.split(":");
    const name = token.startsWith("pulumi:providers:") ? last : first;
    return isPackageName(name) ? this.#folders.get(name) : undefined;
  }

  #contents({ path, manifest }: Folder, file: string): unknown {
    const full = join(path, file);
    const known = this.#read.get(full);
    if (known !== undefined) return known;
    const contents: unknown = JSON.parse(checkedText(full, manifest.files[file]?.sha256));
    this.#read.set(full, contents);
    return contents;
  }
}

function checkedText(path: string, sha256: string | undefined): string {
  const bytes = readFileSync(path);
  if (createHash("sha256").update(bytes).digest("hex") === sha256) return bytes.toString("utf8");
  throw new Error(`the resource catalogue's ${setAside(path)}; the next run generates it again`);
}
