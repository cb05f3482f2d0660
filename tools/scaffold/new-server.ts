import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import writeFileAtomic from "write-file-atomic";
import { UNBUILT } from "../../releases/releases.ts";
import type { Scenario } from "../../contracts/scenarios.ts";
import { UsageError } from "../cli/exit-code.ts";
import { addService } from "../release/releases-file.ts";
import { type ServerNames, serverNames } from "./server-names.ts";
import { withEntry } from "./table-entry.ts";
import { filesNamed, foldersOf, type TextFile } from "./template.ts";

type EditText = (text: string, names: ServerNames, scenarios: readonly Scenario[]) => string | Promise<string>;

/** Where a server is known besides its own folders: what is released of it, and what is built. */
const EDITS: Readonly<Record<string, EditText>> = {
  "releases/releases.ts": (text, { kebab }, scenarios) =>
    addService(text, kebab, { scenarios, version: "1.0.0", digest: UNBUILT }),
  "tools/build/mcp-servers.ts": (text, { kebab, camel }) =>
    withEntry(text, {
      table: "MCP_DEFINITIONS",
      key: kebab,
      value: `${camel}Server`,
      imported: `import { ${camel}Server } from "../../services/mcp/${kebab}/server.ts";`,
    }),
};

/** A file that is there already, and its new text. */
export interface EditedFile extends TextFile {
  readonly before: string;
}

/** All that a new server comes to. */
export interface NewServer {
  readonly name: string;
  readonly created: readonly TextFile[];
  readonly edited: readonly EditedFile[];
}

/** What a new server would be; writes nothing. Throws a `UsageError` if the name is none, or taken. */
export async function designServer(name: string, scenarios: readonly Scenario[], project: string): Promise<NewServer> {
  const names = serverNames(name);
  const taken = foldersOf(name).find((it) => existsSync(path.join(project, it)));
  if (taken !== undefined) throw new UsageError(`"${name}" is taken: there is ${taken}`);
  const copies = await filesNamed(names, project);
  return {
    name,
    created: await Promise.all(copies.map((it) => formatted(it, project))),
    edited: await Promise.all(
      Object.entries(EDITS).map(async ([file, edit]) => {
        const before = await readFile(path.join(project, file), "utf8");
        const text = await edit(before, names, scenarios);
        return { before, ...(await formatted({ path: file, text }, project)) };
      }),
    ),
  };
}

/** Writes all of it or, whatever fails, nothing; a file that has changed since the design is such a failure. */
export async function layDown({ name, created, edited }: NewServer, project: string): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  const staged = await mkdtemp(path.join(project, ".alicerce-new-"));
  try {
    for (const it of created) await writeIn(staged, it);
    for (const folder of foldersOf(name)) {
      const place = path.join(project, folder);
      await rename(path.join(staged, folder), place);
      undo.push(() => rm(place, { recursive: true }));
    }
    for (const it of edited) {
      const file = path.join(project, it.path);
      if ((await readFile(file, "utf8")) !== it.before) throw new Error(`${it.path} was changed by somebody else`);
      await writeFileAtomic(file, it.text);
      undo.push(() => writeFileAtomic(file, it.before));
    }
  } catch (error) {
    for (const it of undo.reverse()) await it();
    throw error;
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

async function writeIn(folder: string, it: TextFile): Promise<void> {
  const file = path.join(folder, it.path);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, it.text);
}

async function formatted(it: TextFile, project: string): Promise<TextFile> {
  const filepath = path.join(project, it.path);
  return { path: it.path, text: await format(it.text, { ...(await resolveConfig(filepath)), filepath }) };
}
