import { mkdir } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { BUILT_VERSION } from "./cli-version.ts";
import { type Progress, withSigns } from "../../../sandbox/progress.ts";

const TIMEOUT_MS = 10 * 60_000;

/** Where npm's `pulumi` package leaves the official CLI, with its own language host beside it. */
export function downloadedFile(cache: string): string {
  return path.join(cache, "pulumi-npm", "versions", BUILT_VERSION, "bin", "pulumi");
}

/** Lets npm's `pulumi` package fetch the official CLI, for machines on the open internet; answers why it could not. */
export async function downloadCli(cache: string, onProgress: Progress): Promise<string | undefined> {
  const dir = path.join(cache, "pulumi-npm");
  await mkdir(dir, { recursive: true });
  const run = (file: string, args: readonly string[]): Promise<string | undefined> => faultOf(file, args, dir);
  return withSigns("downloading the Pulumi CLI", onProgress, async () => {
    const install = [
      "install",
      "--prefix",
      dir,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      `pulumi@${BUILT_VERSION}`,
    ];
    return (
      (await run("npm", install)) ??
      (await run(process.execPath, [path.join(dir, "node_modules", "pulumi", "run.js"), "version"]))
    );
  });
}

async function faultOf(file: string, args: readonly string[], home: string): Promise<string | undefined> {
  const { failed, stderr, shortMessage } = await execa(file, args, {
    env: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
    reject: false,
    stdin: "ignore",
    timeout: TIMEOUT_MS,
  });
  if (!failed) return undefined;
  const said = stderr.trim().split("\n").at(-1);
  return `npm's downloader of the CLI failed: ${said === undefined || said === "" ? shortMessage : said}`;
}
