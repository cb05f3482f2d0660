import { createHash } from "node:crypto";
import { join } from "node:path";
import type { StoredResource } from "./store.ts";

/** The files of a store on disk. */
export class StorePaths {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** The record of a resource. */
  record({ account, region, type, id }: Pick<StoredResource, "account" | "region" | "type" | "id">): string {
    const [pkg = "", module = ""] = type.split(":");
    const service = pkg === "aws" ? (module.split("/")[0] ?? module) : pkg;
    const file = `${safe(type.split(":").at(-1) ?? "")}-${digest(`${type} ${id}`)}.json`;
    return join(this.#root, safe(account), safe(region), safe(service), file);
  }

  /** The index file that leads from a name to the record of the resource that has it. */
  name(name: string): string {
    const it = digest(name);
    return join(this.#root, ".names", it.slice(0, 2), it);
  }

  /** The index file that says that the resource of record `file` refers to a name. */
  user(name: string, file: string): string {
    return join(this.#root, ".users", digest(name), digest(file));
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The text with every character that a file name might not hold replaced. */
function safe(text: string): string {
  return text.replaceAll(/[^\w.-]/g, "_");
}
