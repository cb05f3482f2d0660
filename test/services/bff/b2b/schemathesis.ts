import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { foldersOf } from "../../../../tools/engine/folders.ts";

const VERSION = "4.32.5";
const run = promisify(execFile);

/** What it said, and whether all of its checks passed. */
export interface Fuzzed {
  readonly passed: boolean;
  readonly said: string;
}

/** Sends what Schemathesis (PyPI) makes of the description at `url`, always the same; installs it once into the cache. */
export async function schemathesis(
  url: string,
  headers: readonly string[],
  options: readonly string[],
): Promise<Fuzzed> {
  const program = await installed();
  const given = headers.flatMap((it) => ["--header", it]);
  const always = ["--no-color", "--seed=7", "--generation-database=none", "--workers=1"];
  // It keeps notes where it runs.
  const cwd = await mkdtemp(path.join(tmpdir(), "alicerce-schemathesis-"));
  try {
    const args = ["run", url, ...given, ...always, ...options];
    const { stdout } = await run(program, args, { cwd, maxBuffer: 64_000_000 });
    return { passed: true, said: stdout };
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    return { passed: false, said: stdout + stderr };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

async function installed(): Promise<string> {
  const folder = path.join(foldersOf().cache, `python-schemathesis-${VERSION}`);
  const program = path.join(folder, "bin", "schemathesis");
  const mark = path.join(folder, "complete");
  if (existsSync(mark)) return program;
  await mkdir(folder, { recursive: true });
  await run("python3", ["-m", "venv", "--clear", folder]);
  const python = path.join(folder, "bin", "python");
  await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `schemathesis==${VERSION}`]);
  await writeFile(mark, "");
  return program;
}
