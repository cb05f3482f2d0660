import { globSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Message } from "esbuild";
import { PROJECT } from "../engine/folders.ts";

/** The files of `environments/` say something that a program cannot see, or that keeps it from being loaded: each line names its place. */
export class SourceError extends Error {
  readonly code = "ERR_ENVIRONMENT";

  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(lines.join("\n"), options);
    this.name = "SourceError";
  }
}

/** Throws `SourceError` for files that do not parse, import what is not there, or have a key twice, of which the first would be lost. */
export async function requireSources(): Promise<void> {
  const lines = await sourceFaults();
  if (lines.length > 0) throw new SourceError(lines);
}

/** What to say of `error`, which ended the loading of the commands: a `SourceError` where the files of `environments/` are why, else the error itself. */
export async function loadingError(error: unknown): Promise<Error> {
  const lines = await sourceFaults();
  if (lines.length > 0) return new SourceError(lines.slice(0, 1), { cause: error });
  const [, url = "", place = ""] = /(file:\S+\/environments\/[^\s/]+\.ts):(\d+(?::\d+)?)/.exec(stackOf(error)) ?? [];
  if (url === "") return error instanceof Error ? error : new Error(String(error));
  const file = path.relative(PROJECT, fileURLToPath(url));
  return new SourceError([`${file}:${place}: ${error instanceof Error ? error.message : String(error)}`], {
    cause: error,
  });
}

async function sourceFaults(): Promise<readonly string[]> {
  const options = { absWorkingDir: PROJECT, bundle: true, format: "esm", packages: "external", write: false } as const;
  const entryPoints = globSync("environments/*.ts", { cwd: PROJECT });
  const result = await build({ ...options, entryPoints, outdir: "unwritten", logLevel: "silent" }).catch(
    (error: unknown) => {
      if (error instanceof Error && "errors" in error) return error as { errors: Message[]; warnings?: Message[] };
      throw error;
    },
  );
  const doubled = (result.warnings ?? []).filter((it) => it.id === "duplicate-object-key");
  return [...new Set([...result.errors, ...doubled].map(lineOf))];
}

function lineOf({ text, location }: Message): string {
  const words = text.replace(/^Duplicate key (".*") in object literal$/, "$1 is there twice");
  return location === null ? words : `${location.file}:${location.line}:${location.column + 1}: ${words}`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? "") : "";
}
