import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";

interface Said {
  readonly importMs?: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** A function in a process of its own, as Lambda runs it: with these variables and no others. */
export class LambdaProcess {
  /** How long the import of the function took. */
  readonly importMs: number;
  readonly #child: ChildProcess;
  #lines = "";

  private constructor(child: ChildProcess, importMs: number) {
    this.#child = child;
    this.importMs = importMs;
    child.stdout?.on("data", (chunk: Buffer) => (this.#lines += chunk.toString()));
  }

  /** Starts a function; throws with what it says when it cannot. */
  static async start(file: string, environment: Readonly<Record<string, string>>): Promise<LambdaProcess> {
    const host = fileURLToPath(new URL("lambda-host.mjs", import.meta.url));
    const child = fork(host, [file], { env: environment, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
    const failure = text(child.stderr!);
    const first = (await Promise.race([once(child, "message"), once(child, "exit")])) as [Said | number | null];
    const said = first[0];
    if (typeof said !== "object" || said === null) throw new Error(await failure);
    return new LambdaProcess(child, said.importMs ?? Number.NaN);
  }

  /** What the function answers to one event. */
  async invoke(event: unknown, context: object): Promise<unknown> {
    this.#child.send({ event, context });
    const [{ answer, error }] = (await once(this.#child, "message")) as [Said];
    if (error !== undefined) throw new Error(error);
    return answer;
  }

  /** Ends the function; answers with the lines that it wrote, parsed. */
  async stop(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const ended = once(this.#child, "close");
    this.#child.kill();
    await ended;
    const lines = this.#lines.split("\n").filter((it) => it !== "");
    return lines.map((it) => JSON.parse(it) as Readonly<Record<string, unknown>>);
  }
}
