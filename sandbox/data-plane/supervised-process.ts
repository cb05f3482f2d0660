import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";

/** The signals by which a program is asked to end. */
export interface EndSignals {
  /** When it is told to stop. */
  readonly stop: "INT" | "TERM";
  /** When the process that started it is gone. */
  readonly orphaned: "QUIT" | "TERM";
  /** After how many seconds it is killed, together with all that it has started. */
  readonly killAfterSeconds: number;
}

/** How a program is run. */
export interface SupervisedProcessOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The file to which all of its output is appended. */
  readonly log: string;
  /** TERM in both cases, and 15 seconds, without it. */
  readonly signals?: EndSignals;
  /** The account that it runs as; that of this process without it. */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
  /** The most address space of each of its processes, in KB; macOS does not hold it. */
  readonly memoryKb?: number;
}

const SIGNALS: EndSignals = { stop: "TERM", orphaned: "TERM", killAfterSeconds: 15 };

/** A program that never outlives the process that started it, however that one ends. */
export class SupervisedProcess {
  /** Its exit code, as a shell has it: 128 and the number of the signal if one ended it. */
  readonly exit: Promise<number>;
  private readonly supervisor: ChildProcess;

  private constructor(supervisor: ChildProcess) {
    this.supervisor = supervisor;
    supervisor.stdin?.on("error", () => undefined);
    this.exit = once(supervisor, "exit").then(([code]) => (typeof code === "number" ? code : 1));
  }

  /** Starts it under a shell that waits for it; throws if there is no shell, or the log cannot be opened. */
  static async start(options: SupervisedProcessOptions): Promise<SupervisedProcess> {
    const { command, cwd, environment, log, account } = options;
    const file = await open(log, "a");
    const supervisor = spawn("/bin/sh", ["-c", script(options), "supervisor", ...command], {
      cwd,
      // Not in the terminal's process group: an interrupt there is ours to pass on.
      detached: true,
      env: environment,
      stdio: ["pipe", file.fd, file.fd],
      ...account,
    });
    // Before anything is waited for: it may end at once.
    const started = new SupervisedProcess(supervisor);
    await file.close();
    return started;
  }

  get hasEnded(): boolean {
    return this.supervisor.exitCode !== null || this.supervisor.signalCode !== null;
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    this.supervisor.stdin?.end("stop\n");
    await this.exit;
  }
}

/** The shell reads its standard input: a line asks the program to stop, the end of the input says that its starter is gone. */
function script({ signals = SIGNALS, memoryKb }: SupervisedProcessOptions): string {
  const limit = memoryKb === undefined ? "" : `ulimit -v ${memoryKb} 2>/dev/null; `;
  return `
exec 3<&0 </dev/null
(${limit}exec "$@" 3<&-) & program=$!
{
  if read -r word <&3; then kill -s ${signals.stop} $program; else kill -s ${signals.orphaned} $program; fi
  sleep ${signals.killAfterSeconds}; kill -s KILL -$$
} 2>/dev/null & watcher=$!
wait $program; status=$?
kill $watcher 2>/dev/null
exit $status
`;
}
