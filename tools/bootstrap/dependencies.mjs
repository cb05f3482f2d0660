import { createHash } from "node:crypto";
import { lstat, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { BootstrapError } from "./bootstrap-error.mjs";
import { npm } from "./npm.mjs";
import { announce } from "./waiting.mjs";

const POLL_MS = 300;
/** Between taking the lock and signing it there is next to nothing; who has not signed by then has died. */
const TAKING_MS = 10_000;

/** Runs `npm ci` unless the dependencies are those of the lock file; a stamp inside `node_modules` remembers which they are. */
export async function installDependencies(root, env) {
  if (await isInstalled(root)) return;
  await exclusively(path.join(root, ".alicerce", "installing"), async () => {
    if (await isInstalled(root)) return; // by another run, while we waited
    await requireOwnFolder(path.join(root, "node_modules"));
    await npm(["ci", "--include=dev"], { cwd: root, env, step: "Installing dependencies", estimate: "30 s to 2 min" });
    await writeFile(stampOf(root), await lockHash(root));
  });
}

/** `npm ci` empties the folder first: one that is a link belongs to another checkout. */
async function requireOwnFolder(folder) {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isSymbolicLink() !== true) return;
  throw new BootstrapError(
    `${folder} is a link, and holds other dependencies: remove the link, then run the same command again`,
  );
}

async function isInstalled(root) {
  const stamp = await readFile(stampOf(root), "utf8").catch(() => undefined);
  return stamp !== undefined && stamp === (await lockHash(root));
}

function stampOf(root) {
  return path.join(root, "node_modules", ".alicerce-lock");
}

async function lockHash(root) {
  return createHash("sha256")
    .update(await readFile(path.join(root, "package-lock.json")))
    .digest("hex");
}

/** One process at a time: the folder is the lock, and the number in it tells whether its owner still lives. */
async function exclusively(folder, work) {
  await mkdir(path.dirname(folder), { recursive: true });
  const owner = path.join(folder, "pid");
  const done = announce("Waiting for another run to install the dependencies");
  while (!(await acquire(folder))) {
    if (await isAbandoned(owner)) await rm(folder, { recursive: true, force: true });
    else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  done();
  try {
    await writeFile(owner, String(process.pid));
    await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function acquire(folder) {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

async function isAbandoned(owner) {
  const pid = Number(await readFile(owner, "utf8").catch(() => "0"));
  if (!(pid > 0)) return isOlderThan(path.dirname(owner), TAKING_MS);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

async function isOlderThan(folder, ms) {
  const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > ms;
}
