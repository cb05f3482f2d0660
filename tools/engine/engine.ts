import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import lockfile from "proper-lockfile";
import { type Cli, resolveCli } from "./installation/cli.ts";
import type { PreviewMode } from "../../sandbox/control-plane/preview-mode.ts";
import { closedEnvironment, closedVariables, stackSettingsFile } from "./environment.ts";
import { type Folders, foldersOf, PROJECT_NAME } from "./folders.ts";
import { requireLoopback } from "./loopback.ts";
import { writeLanguageHost, writeProviderPlugins } from "./plugins.ts";
import type { Progress } from "../../sandbox/progress.ts";
import { readState } from "./state/state.ts";

/** The real Pulumi engine over the sandbox cloud, ready to work on stacks. */
export interface Engine {
  readonly cli: Cli;
  readonly folders: Folders;
  /** What the closed run sets; the engine's processes get it on top of the caller's environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Whose stacks they are at the backend; `organization` where a backend knows none. */
  readonly organization?: string;
}

/** How an engine is prepared. */
export interface EngineOptions {
  readonly folders?: Folders;
  readonly preview?: PreviewMode;
  readonly onProgress?: Progress;
  /** Gives up, where a CLI is still to be made, once it is aborted. */
  readonly signal?: AbortSignal;
}

/** Makes sure that the CLI, its plugins and its folders exist. */
export async function prepareEngine(options: EngineOptions = {}): Promise<Engine> {
  const { folders = foldersOf(), preview = "realistic", onProgress, signal } = options;
  await requireLoopback();
  const cli = await resolveCli(folders, onProgress, process.env, signal);
  await Promise.all([folders.state, folders.sandbox, folders.pulumiHome].map((it) => mkdir(it, { recursive: true })));
  await writeProviderPlugins(folders);
  await writeLanguageHost(folders, cli.file);
  const variables = closedVariables(folders, cli.file, preview);
  return { cli, folders, variables, environment: closedEnvironment(variables) };
}

/** Makes sure that the stack exists, empty if need be. */
export async function ensureStack(engine: Engine, address: string): Promise<void> {
  const { folders } = engine;
  if ((await readState(folders, address)) !== undefined) return;
  const stackFolder = path.join(folders.engine, "stacks");
  await mkdir(stackFolder, { recursive: true });
  const retries = { retries: 600, factor: 1, minTimeout: 50, maxTimeout: 50 };
  const release = await lockfile.lock(stackFolder, { retries });
  try {
    if ((await readState(folders, address)) === undefined) await createStack(engine, address, stackFolder);
  } finally {
    await release();
  }
}

/** Creates it from another folder than the program's, where the CLI may write `Pulumi.<stack>.yaml`; all stacks share the settings of the first one. */
async function createStack({ cli, folders, environment }: Engine, address: string, stackFolder: string): Promise<void> {
  await writeFile(path.join(stackFolder, "Pulumi.yaml"), `name: ${PROJECT_NAME}\nruntime: nodejs\n`);
  const shared = stackSettingsFile(folders);
  const own = path.join(stackFolder, `Pulumi.${address}.yaml`);
  const isFirst = await copyFile(shared, own).then(
    () => false,
    () => true,
  );
  const args = ["stack", "init", "--no-select", "--non-interactive", "--color", "never", fullName(address)];
  const { failed, stderr, shortMessage } = await execa(cli.file, args, {
    cwd: stackFolder,
    env: environment,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  });
  if (failed) throw new Error(`stack "${address}" could not be created: ${stderr.trim() || shortMessage}`);
  if (isFirst) await copyFile(own, shared);
}

/** The name under which a backend keeps a stack; a file backend has one organization, which it calls so. */
export function fullName(
  address: string,
  { organization = "organization" }: Pick<Engine, "organization"> = {},
): string {
  return `${organization}/${PROJECT_NAME}/${address}`;
}
