import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import type { Account } from "./postgres-programs.ts";

/** The address space of each process of the server, in KB: what a statement asks for beyond some 280 MB is refused, and it alone fails. Not held by macOS. */
const PROCESS_KB = 400_000;

/** Runs a program until it is told to stop, or at once until whoever holds the other end of standard input is gone, however that came about. */
const KEEPER = `
exec 3<&0 </dev/null
(ulimit -v ${PROCESS_KB} 2>/dev/null; exec "$@" 3<&-) & program=$!
{ if read -r word <&3; then kill -s INT $program; else kill -s QUIT $program; fi; } 2>/dev/null & watcher=$!
wait $program; status=$?
kill $watcher 2>/dev/null
exit $status
`;

/** How a program of PostgreSQL is run. */
export interface ServerProcessOptions {
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** File that gets all of its output. */
  readonly log: string;
  readonly account: Account | undefined;
}

/** A program of PostgreSQL that never outlives the process that started it. */
export class ServerProcess {
  /** Its exit code, as a shell has it: 128 and the number of the signal if one ended it. */
  readonly exit: Promise<number>;
  private readonly keeper: ChildProcess;

  private constructor(keeper: ChildProcess) {
    this.keeper = keeper;
    keeper.stdin?.on("error", () => undefined);
    this.exit = once(keeper, "exit").then(([code]) => (typeof code === "number" ? code : 1));
  }

  /** Starts it; throws if there is no shell or no log. */
  static async start({ command, environment, log, account }: ServerProcessOptions): Promise<ServerProcess> {
    const file = await open(log, "a");
    const keeper = spawn("/bin/sh", ["-c", KEEPER, "keeper", ...command], {
      cwd: "/",
      // Not in the terminal's group: an interrupt there is ours to pass on.
      detached: true,
      env: environment,
      stdio: ["pipe", file.fd, file.fd],
      ...account,
    });
    // Before anything is waited for: it may end at once.
    const server = new ServerProcess(keeper);
    await file.close();
    return server;
  }

  get hasEnded(): boolean {
    return this.keeper.exitCode !== null || this.keeper.signalCode !== null;
  }

  /** Lets it end what it does, and waits until it has. */
  async stop(): Promise<void> {
    this.keeper.stdin?.end("stop\n");
    await this.exit;
  }
}
