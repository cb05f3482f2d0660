import os from "node:os";
import path from "node:path";

/** The checkout this file belongs to. */
export const PROJECT = path.resolve(import.meta.dirname, "../..");

/** The name in `Pulumi.yaml`, which is part of every stack's full name. */
export const PROJECT_NAME = "alicerce";

/** Where everything is that a run reads or leaves behind. */
export interface Folders {
  /** The folder of `Pulumi.yaml`, where the engine runs. */
  readonly project: string;
  /** The one ignored folder that holds all of the below; `$ALICERCE_HOME` moves it. */
  readonly home: string;
  /** The file backend of the engine. */
  readonly state: string;
  /** What exists in the sandbox cloud. */
  readonly sandbox: string;
  /** What belongs to the engine itself. */
  readonly engine: string;
  /** The engine's `PULUMI_HOME`: plugins and logs. */
  readonly pulumiHome: string;
  readonly report: string;
  /** Kept between checkouts: the Pulumi CLI and Node.js. */
  readonly cache: string;
}

/** The folders of a project, moved by `ALICERCE_HOME`, `ALICERCE_CACHE` and `XDG_CACHE_HOME`. */
export function foldersOf(project: string = PROJECT, env: NodeJS.ProcessEnv = process.env): Folders {
  const home = path.resolve(project, given(env["ALICERCE_HOME"]) ?? ".alicerce");
  const engine = path.join(home, "engine");
  return {
    project,
    home,
    state: path.join(home, "state"),
    sandbox: path.join(home, "sandbox"),
    engine,
    pulumiHome: path.join(engine, "home"),
    report: path.join(home, "report"),
    cache: cacheOf(env),
  };
}

function cacheOf(env: NodeJS.ProcessEnv): string {
  const base = given(env["XDG_CACHE_HOME"]) ?? path.join(os.homedir(), ".cache");
  return path.resolve(given(env["ALICERCE_CACHE"]) ?? path.join(base, "alicerce"));
}

/** Empty means not given, as everywhere in a shell. */
function given(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
