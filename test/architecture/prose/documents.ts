import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { FOLDERS, ROOT } from "../sources.ts";

/** Every page that people read, relative to the checkout: the README, docs/, and the pages of the top-level folders. */
export function documents(): readonly string[] {
  const ofFolders = [...FOLDERS, "sandbox/control-plane"].map((it) => `${it}/README.md`);
  const docs = readdirSync(path.join(ROOT, "docs")).filter((it) => it.endsWith(".md"));
  return ["README.md", ...ofFolders.filter((it) => existsSync(path.join(ROOT, it))), ...docs.map((it) => `docs/${it}`)];
}
