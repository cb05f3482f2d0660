import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { PROJECT } from "../../tools/engine/folders.ts";
import type { PlatformCredentials } from "../../sandbox/data-plane/credentials.ts";
import { residentMegabytes } from "../support/target.ts";

const FIRST_PORT = 17_400;
const PATIENCE_MS = 20_000;

/** A platform in a process and a folder of its own, with the embedded issuer. */
export class SoakPlatform {
  readonly credentials: PlatformCredentials;
  private readonly child: ChildProcess;
  private readonly root: string;

  private constructor(child: ChildProcess, root: string, credentials: PlatformCredentials) {
    this.child = child;
    this.root = root;
    this.credentials = credentials;
  }

  /** Starts it and waits until it is up; throws if it ends before. */
  static async start(): Promise<SoakPlatform> {
    const root = mkdtempSync(path.join(tmpdir(), "alicerce-soak-"));
    const temporary = path.join(root, "tmp");
    mkdirSync(temporary);
    // PostgreSQL does not run as root: it must get there.
    chmodSync(root, 0o755);
    chmodSync(temporary, 0o1777);
    const args = ["local", "--json", "--identity", "embedded", "--port", String(FIRST_PORT)];
    const child = spawn(process.execPath, [path.join(PROJECT, "tools/cli/main.ts"), ...args], {
      env: { ...process.env, ALICERCE_HOME: path.join(root, "home"), TMPDIR: temporary },
      stdio: ["ignore", "pipe", "inherit"],
    });
    process.once("exit", () => {
      child.kill("SIGKILL");
      rmSync(root, { recursive: true, force: true });
    });
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
    const ended = once(child, "exit").then(() => Promise.reject(new Error("the platform ended before it was up")));
    const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), ended])) as [string];
    ended.catch(() => undefined);
    return new SoakPlatform(child, root, JSON.parse(line) as PlatformCredentials);
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Of the platform and of PostgreSQL with all its processes, resident, in MB; nothing of what does not run. */
  memory(): { readonly platform: number; readonly database: number } {
    const server = this.databaseProcess();
    const ofDatabase = server === undefined ? [] : [server, ...childrenOf(server)];
    return { platform: megabytes(this.child.pid), database: ofDatabase.reduce((sum, it) => sum + megabytes(it), 0) };
  }

  /** Ends PostgreSQL as the system does when memory runs out. */
  killDatabase(): void {
    const server = this.databaseProcess();
    if (server !== undefined) process.kill(server, "SIGKILL");
  }

  /** Ends it, by force when it does not answer; tells how long that took, in milliseconds. */
  async stop(): Promise<number> {
    const beganMs = performance.now();
    if (this.isAlive) {
      const exit = once(this.child, "exit");
      this.child.kill("SIGTERM");
      const impatience = setTimeout(() => this.child.kill("SIGKILL"), PATIENCE_MS);
      await exit;
      clearTimeout(impatience);
    }
    const tookMs = performance.now() - beganMs;
    rmSync(this.root, { recursive: true, force: true });
    return tookMs;
  }

  private databaseProcess(): number | undefined {
    return databaseIn(path.join(this.root, "home/local/database")) ?? databaseIn(path.join(this.root, "tmp"));
  }
}

/** The process of the PostgreSQL whose files are in a folder, or in a folder in it. */
export function databaseIn(root: string): number | undefined {
  if (!existsSync(root)) return undefined;
  for (const folder of [root, ...readdirSync(root).map((it) => path.join(root, it))]) {
    const pid = firstNumber(path.join(folder, "data/postmaster.pid"));
    if (pid !== undefined && megabytes(pid) > 0) return pid;
  }
  return undefined;
}

function firstNumber(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, "utf8"), 10);
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return children === "" ? [] : children.split(" ").map(Number);
  } catch {
    return [];
  }
}

function megabytes(pid: number | undefined): number {
  try {
    const found = pid === undefined ? 0 : residentMegabytes(pid);
    return Number.isNaN(found) ? 0 : found;
  } catch {
    return 0;
  }
}
