import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Makes a folder, and removes it once standard input ends, however that came about. What still runs in it may write until it has ended,
 * so the folder is removed until it stays away, for some seconds.
 */
const GUARD = `
trap '' TERM HUP INT PIPE
mkdir -m 700 "$1" || exit 1
echo made
read -r word
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  rm -rf "$1" 2>/dev/null
  sleep 0.1
  test -e "$1" || exit 0
  sleep 0.4
done
exit 1
`;

/** A temporary folder that nobody else may open, and that does not outlive the process that made it. */
export class GuardedFolder {
  readonly path: string;
  private readonly guard: ChildProcess;

  private constructor(folder: string, guard: ChildProcess) {
    this.path = folder;
    this.guard = guard;
  }

  /** Makes one whose name begins with `prefix`; throws if it cannot be made. */
  static async make(prefix: string): Promise<GuardedFolder> {
    const folder = path.join(tmpdir(), `${prefix}${randomBytes(6).toString("hex")}`);
    // Not in the terminal's group: an interrupt there is ours to pass on.
    const guard = spawn("/bin/sh", ["-c", GUARD, "guard", folder], {
      cwd: "/",
      detached: true,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const exit = once(guard, "exit").then(() => Promise.reject(new Error(`the folder ${folder} cannot be made`)));
    exit.catch(() => undefined);
    await Promise.race([once(guard.stdout, "data"), exit]);
    return new GuardedFolder(folder, guard);
  }

  /** Removes it; what has been asked for happens even if this process ends meanwhile. */
  async remove(): Promise<void> {
    if (this.guard.exitCode !== null || this.guard.signalCode !== null) return;
    const exit = once(this.guard, "exit");
    this.guard.stdin?.end();
    await exit;
  }
}
