import ansis from "ansis";
import {
  Listr,
  type ListrDefaultRendererLogLevels,
  ListrLogger,
  type ListrTaskWrapper,
  type DefaultRenderer,
  ProcessOutput,
  type SimpleRenderer,
} from "listr2";
import type { Operation } from "../../engine/stack.ts";
import type { StackResult } from "../rollout/stack-result.ts";
import { duration, note } from "./terminal.ts";

/** Shows on stderr how far each stack is. */
export interface View {
  started(address: string): void;
  progressed(address: string, done: number, total: number | undefined): void;
  ended(result: StackResult): void;
  close(): Promise<void>;
}

const VERBS: Readonly<Record<Operation, string>> = {
  preview: "previewing",
  up: "deploying",
  refresh: "refreshing",
  destroy: "destroying",
};
const LINE_EVERY_MS = 10_000;

/** A live list on a terminal, plain lines elsewhere. */
export function openView(operation: Operation, addresses: readonly string[], signal: AbortSignal): View {
  const isLive = process.stderr.isTTY && process.stdout.isTTY && process.stderr.columns > 0;
  return isLive ? new LiveView(operation, addresses, signal) : new LineView(operation);
}

/** How a stack fared, in a few words. */
export function wordsOf({ outcome, changes, durationMs, diagnostics }: StackResult): string {
  const changed = Object.entries(changes).map(([op, count]) => `${count} ${op}`);
  if (outcome === "succeeded")
    return `${changed.length === 0 ? "empty" : changed.join(", ")} · ${duration(durationMs)}`;
  // Why a stack failed is told once, with the results; why it was not begun is told here only.
  if (durationMs === 0) return outcome === "failed" ? outcome : (diagnostics[0]?.message ?? outcome);
  return `${outcome} after ${duration(durationMs)}`;
}

class LineView implements View {
  readonly #verb: string;
  readonly #shownAt = new Map<string, number>();

  constructor(operation: Operation) {
    this.#verb = VERBS[operation];
  }

  started(address: string): void {
    this.#shownAt.set(address, Date.now());
    note(`${address}: ${this.#verb} …`);
  }

  progressed(address: string, done: number, total: number | undefined): void {
    if (Date.now() - (this.#shownAt.get(address) ?? 0) < LINE_EVERY_MS) return;
    this.#shownAt.set(address, Date.now());
    note(`${address}: ${this.#verb} · ${counted(done, total)}`);
  }

  ended(result: StackResult): void {
    note(`${result.address}: ${wordsOf(result)}`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** One line of the live list. */
class Row {
  readonly #address: string;
  readonly #end = Promise.withResolvers<StackResult>();
  readonly #verb: () => string;
  #task: Task | undefined;
  #startedAt: number | undefined;
  #count = "";

  constructor(address: string, verb: () => string) {
    this.#address = address;
    this.#verb = verb;
    this.#end.promise.catch(() => undefined);
  }

  /** Runs as long as the stack is worked on; its title tells how far it is. */
  async run(task: Task): Promise<void> {
    this.#task = task;
    const timer = setInterval(() => this.show(), 250);
    try {
      const result = await this.#end.promise;
      task.title = `${this.#address} ${ansis.dim(wordsOf(result))}`;
      if (result.outcome !== "succeeded") throw new Error(task.title);
    } finally {
      clearInterval(timer);
    }
  }

  start(): void {
    this.#startedAt = Date.now();
  }

  count(text: string): void {
    this.#count = text;
  }

  end(result: StackResult): void {
    this.#end.resolve(result);
  }

  show(): void {
    if (this.#task === undefined || this.#startedAt === undefined) return;
    const words = [this.#verb(), this.#count, duration(Date.now() - this.#startedAt)].filter((it) => it !== "");
    this.#task.title = `${this.#address} ${ansis.dim(words.join(" · "))}`;
  }
}

class LiveView implements View {
  readonly #rows: ReadonlyMap<string, Row>;
  readonly #running: Promise<unknown>;

  constructor(operation: Operation, addresses: readonly string[], signal: AbortSignal) {
    this.#rows = new Map(
      addresses.map((it) => [it, new Row(it, () => (signal.aborted ? "stopping" : VERBS[operation]))]),
    );
    const tasks = [...this.#rows].map(([title, row]) => ({ title, task: (_: unknown, it: Task) => row.run(it) }));
    const logger = new ListrLogger<ListrDefaultRendererLogLevels>({
      processOutput: new ProcessOutput(process.stderr, process.stderr),
    });
    this.#running = new Listr<unknown, "default", "simple">(tasks, {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { logger, showErrorMessage: false, collapseErrors: false },
    }).run();
  }

  started(address: string): void {
    this.#rows.get(address)?.start();
  }

  progressed(address: string, done: number, total: number | undefined): void {
    this.#rows.get(address)?.count(counted(done, total));
  }

  ended(result: StackResult): void {
    this.#rows.get(result.address)?.end(result);
  }

  async close(): Promise<void> {
    await this.#running;
  }
}

function counted(done: number, total: number | undefined): string {
  return total === undefined ? `${done} resources` : `${done} of ${total} resources`;
}
