import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";

const PATIENCE_SECONDS = 15;

/**
 * Runs a program until it is told to stop, or until whoever holds the other end of standard input is gone, however that came about. It is
 * asked first; if that does not help, it ends together with all that it has started.
 */
const KEEPER = `
exec 3<&0 </dev/null
"$@" 3<&- & program=$!
{ read -r word <&3; kill -s TERM $program; sleep ${PATIENCE_SECONDS}; kill -s KILL -$$; } 2>/dev/null & watcher=$!
wait $program; status=$?
kill $watcher 2>/dev/null
exit $status
`;

/** How a program is run. */
export interface KeptProcessOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** What gets all of its output. */
  readonly log: string;
}

/** A program that never outlives the process that started it. */
export class KeptProcess {
  private readonly keeper: ChildProcess;

  private constructor(keeper: ChildProcess) {
    this.keeper = keeper;
  }

  static async start({ command, cwd, environment, log }: KeptProcessOptions): Promise<KeptProcess> {
    const file = await open(log, "a");
    const keeper = spawn("/bin/sh", ["-c", KEEPER, "keeper", ...command], {
      cwd,
      // Not in the terminal's group: an interrupt there is ours to pass on.
      detached: true,
      env: environment,
      stdio: ["pipe", file.fd, file.fd],
    });
    await file.close();
    return new KeptProcess(keeper);
  }

  get hasEnded(): boolean {
    return this.keeper.exitCode !== null || this.keeper.signalCode !== null;
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const exit = once(this.keeper, "exit");
    this.keeper.stdin?.end();
    await exit;
  }
}
