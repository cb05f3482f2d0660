import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import lockfile from "proper-lockfile";
import { buildCli, buildFault } from "./build.ts";
import { BUILT_VERSION, OLDEST_VERSION, versionOf } from "./cli-version.ts";
import { downloadCli, downloadedFile } from "./downloader.ts";
import { findOnPath, isExecutable } from "./executable.ts";
import type { Folders } from "../folders.ts";
import { type Progress, withSigns } from "../../../sandbox/progress.ts";

/** A Pulumi CLI that runs. */
export interface Cli {
  readonly file: string;
  readonly version: string;
  readonly source: "PULUMI_CLI" | "PATH" | "cache" | "built" | "downloaded";
}

/** No Pulumi CLI could be had; the message says what was tried and what to install. */
export class CliError extends Error {
  readonly code = "ERR_PULUMI_CLI";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      [
        "no Pulumi CLI could be had:",
        ...faults.map((it) => `  - ${it}`),
        `Install the Pulumi CLI, ${OLDEST_VERSION} or newer (https://www.pulumi.com/docs/install), or Go 1.26 or newer (https://go.dev/dl), and run the same command again.`,
      ].join("\n"),
    );
    this.name = "CliError";
    this.faults = faults;
  }
}

type Found = Cli | { readonly fault: string };
type Source = (folders: Folders, env: NodeJS.ProcessEnv, onProgress: Progress) => Promise<Found>;

/** Finds a Pulumi CLI, or makes one: `$PULUMI_CLI`, then `PATH`, the cache, a build from the Go modules, npm's downloader. */
export async function resolveCli(
  folders: Folders,
  onProgress: Progress = () => undefined,
  env: NodeJS.ProcessEnv = process.env,
  signal?: AbortSignal,
): Promise<Cli> {
  const chosen = env["PULUMI_CLI"];
  if (chosen !== undefined && chosen !== "") {
    const found = await usable(path.resolve(chosen), "PULUMI_CLI", folders);
    if ("fault" in found) throw new CliError([`$PULUMI_CLI: ${found.fault}`]);
    return found;
  }
  const faults: string[] = [];
  for (const source of [onPath, cached, built, downloaded] satisfies Source[]) {
    const found = await source(folders, env, onProgress);
    if (!("fault" in found)) return found;
    signal?.throwIfAborted();
    faults.push(found.fault);
  }
  throw new CliError(faults);
}

const onPath: Source = async (folders, env) => {
  const file = await findOnPath("pulumi", env["PATH"] ?? "");
  return file === undefined ? { fault: "no `pulumi` on PATH" } : usable(file, "PATH", folders);
};

const cached: Source = async (folders) => {
  const ours = await intact(builtFile(folders.cache), "cache", folders);
  return "fault" in ours ? await intact(downloadedFile(folders.cache), "cache", folders).then(orElse(ours)) : ours;
};

/** Two at once: the second waits, and then finds what the first has built. */
const built: Source = async (folders, _, onProgress) => {
  const file = builtFile(folders.cache);
  await mkdir(path.dirname(file), { recursive: true });
  const retries = { retries: 1_200, factor: 1, minTimeout: 1_000 };
  const release = await withSigns(
    "waiting for the Pulumi CLI, which another run may be building",
    quietly(onProgress),
    () => lockfile.lock(path.dirname(file), { lockfilePath: `${path.dirname(file)}.lock`, stale: 20_000, retries }),
  );
  try {
    const present = await intact(file, "cache", folders);
    if (!("fault" in present)) return present;
    const fault = (await buildFault()) ?? (await buildCli(file, onProgress));
    return fault === undefined ? await usable(file, "built", folders) : { fault };
  } finally {
    await release();
  }
};

const downloaded: Source = async (folders, _, onProgress) => {
  const fault = await downloadCli(folders.cache, onProgress);
  return fault === undefined ? usable(downloadedFile(folders.cache), "downloaded", folders) : { fault };
};

function builtFile(cache: string): string {
  return path.join(cache, `pulumi-v${BUILT_VERSION}`, "pulumi");
}

/** A cached file; one that does not run is set aside, so that it is built again. */
async function intact(file: string, source: Cli["source"], folders: Folders): Promise<Found> {
  if (!(await isExecutable(file))) return { fault: `none in the cache ${path.dirname(file)}` };
  const found = await usable(file, source, folders);
  if ("fault" in found) {
    await rename(file, `${file}.corrupt`);
    return { fault: `${found.fault}; set aside as ${file}.corrupt` };
  }
  return found;
}

async function usable(file: string, source: Cli["source"], { pulumiHome }: Folders): Promise<Found> {
  const found = await versionOf(file, pulumiHome);
  return "fault" in found ? found : { file, source, version: found.version };
}

function orElse(first: { readonly fault: string }): (second: Found) => Found {
  return (second) => ("fault" in second ? first : second);
}

/** Waiting is only worth a word when it lasts. */
function quietly(onProgress: Progress): Progress {
  return (sign) => {
    if (sign.elapsedMs >= 900) onProgress(sign);
  };
}
