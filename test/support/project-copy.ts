import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FOLDERS } from "../architecture/sources.ts";
import { PROJECT } from "../../tools/engine/folders.ts";

/** The folders of our own code that run. */
const SOURCES = FOLDERS.filter((it) => it !== "test" && it !== "bench");

/** The generated catalogue of resource types, under the digest of what it was generated from. */
const CATALOGUE = ".alicerce/cache/catalogue";

const COPIED = [...SOURCES, "dist", "Pulumi.yaml", "package.json", "package-lock.json", "tsconfig.json"];

/** One change of a source file: the text to find, which must be there exactly once, and what to put in its place. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A copy of the checkout in which lines can be broken, sharing its dependencies and its catalogue. */
export class ProjectCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "alicerce-copy-"));
  readonly #compileCache = process.env["NODE_COMPILE_CACHE"];

  /** Copies what runs, and `also`: files and folders from the checkout. */
  constructor(also: readonly string[] = []) {
    for (const it of [...COPIED, ...also]) cpSync(join(PROJECT, it), join(this.folder, it), { recursive: true });
    mkdirSync(join(PROJECT, CATALOGUE), { recursive: true });
    mkdirSync(join(this.folder, CATALOGUE, ".."), { recursive: true });
    for (const it of ["node_modules", CATALOGUE]) symlinkSync(join(PROJECT, it), join(this.folder, it));
    // What is compiled of the copy is of no use to anybody once it is gone.
    process.env["NODE_COMPILE_CACHE"] = join(this.folder, ".alicerce/compiled");
  }

  /** Makes one change, and gives back what undoes it. */
  edit({ file, find, replace }: Edit): () => void {
    const path = join(this.folder, file);
    const text = readFileSync(path, "utf8");
    if (text.split(find).length !== 2) throw new Error(`${file} must hold ${JSON.stringify(find)} exactly once`);
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
    return () => writeFileSync(path, text);
  }

  remove(): void {
    if (this.#compileCache === undefined) delete process.env["NODE_COMPILE_CACHE"];
    else process.env["NODE_COMPILE_CACHE"] = this.#compileCache;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
