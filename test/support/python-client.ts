import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { foldersOf } from "../../tools/engine/folders.ts";

/** The MCP SDK for Python, as PyPI has it. */
export const PYTHON_SDK = "2.3.0";

/** Whether tests may go without Python: on a laptop, and not silently; never in CI. */
export function hasPython(what = "a client of Python"): boolean {
  try {
    execFileSync("python3", ["-c", "import venv, sys; assert sys.version_info >= (3, 10)"], { stdio: "ignore" });
    return true;
  } catch {
    if (process.env["CI"] !== undefined) throw new Error("Python 3.10 or newer, with venv, must be installed");
    console.warn(`SKIPPED: no Python 3.10 on this machine, so ${what} is not tried here`);
    return false;
  }
}

/** A Python that has the SDK, installed once into the cache. */
export function pythonWithSdk(): Promise<string> {
  return pythonWith("mcp", PYTHON_SDK);
}

/** A Python that has one package of PyPI, and others as pip names them, installed once into the cache. */
export async function pythonWith(name: string, version: string, others: readonly string[] = []): Promise<string> {
  const folder = path.join(foldersOf().cache, `python-${name}-${version}`);
  const python = path.join(folder, "bin", "python");
  const mark = path.join(folder, "complete");
  if (existsSync(mark)) return python;
  const run = promisify(execFile);
  await mkdir(folder, { recursive: true });
  await run("python3", ["-m", "venv", "--clear", folder]);
  await run(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    `${name}==${version}`,
    ...others,
  ]);
  await writeFile(mark, "");
  return python;
}
