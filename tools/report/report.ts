import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { StackResult } from "../cli/rollout/stack-result.ts";
import { EXIT, type ExitCode, exitCodeOf, wordsFor } from "../cli/exit-code.ts";
import type { Judgement } from "../cli/judgement.ts";
import { type ReportedRun, type ReportedStack, reportData, reportText } from "./report-text.ts";
import { statusOf } from "./run-status.ts";
import { note } from "../cli/text/terminal.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What a run is: the command, and what it is about. */
export interface RunAbout {
  readonly command: "plan" | "up" | "start" | "destroy";
  readonly environment: string;
  readonly addresses: readonly string[];
}

/** The report of a run: `report.json` and `report.md`, written anew with everything that becomes known. */
export class Report {
  readonly #folder: string;
  #run: ReportedRun;
  #writing: Promise<void> = Promise.resolve();
  #failed = false;

  constructor(folder: string, about: RunAbout, startedAt: Date) {
    this.#folder = folder;
    const stacks = about.addresses.map((address) => ({ address, planned: null, operation: null, secondPreview: null }));
    const { command, environment } = about;
    const start = { startedAt: startedAt.toISOString(), endedAt: null, pid: process.pid };
    this.#run = { command, environment, status: "running", reason: null, ...start, judgement: null, stacks };
  }

  /** The file for people. */
  get file(): string {
    return path.join(this.#folder, "report.md");
  }

  /** Adds what the rules say of the plans. */
  async judged(judgement: Judgement): Promise<void> {
    const planned = (address: string): number | null =>
      judgement.stacks.find((it) => it.address === address)?.resources ?? null;
    const stacks = this.#run.stacks.map((it) => ({ ...it, planned: planned(it.address) }));
    await this.#change({ judgement, stacks });
  }

  /** Told of each stack as the engine begins and ends its work on it: the operation itself, or the second preview. */
  watch(part: "operation" | "secondPreview"): { started(address: string): void; ended(result: StackResult): void } {
    const set = (address: string, state: ReportedStack["operation"]): void => {
      const stacks = this.#run.stacks.map((it) => (it.address === address ? { ...it, [part]: state } : it));
      void this.#change({ stacks });
    };
    return {
      started: (address) => set(address, { outcome: "running" }),
      ended: (result) => set(result.address, result),
    };
  }

  /** Says how the run has ended, and why. */
  async end(code: ExitCode, reason: string | null): Promise<void> {
    await this.#change({ ...statusOf(code, reason, this.#run), endedAt: new Date().toISOString() });
  }

  /** Ends the process at once when a signal asks for it, for work that cannot be told to stop; the answer ends that. */
  endOnSignal(): () => void {
    const end = (): void => {
      const ended = {
        status: "interrupted",
        reason: "stopped by a signal",
        endedAt: new Date().toISOString(),
      } as const;
      this.#run = { ...this.#run, ...ended };
      for (const [name, text] of this.#files()) writeFileAtomic.sync(path.join(this.#folder, name), text);
      process.exit(EXIT.interrupted);
    };
    for (const it of SIGNALS) process.on(it, end);
    return () => {
      for (const it of SIGNALS) process.off(it, end);
    };
  }

  /** Says that the run has begun: the report of an earlier one is gone from here on. */
  async begin(): Promise<void> {
    await this.#change({});
  }

  #change(change: Partial<ReportedRun>): Promise<void> {
    this.#run = { ...this.#run, ...change };
    return (this.#writing = this.#writing.then(() => this.#write()));
  }

  /** A report of an earlier run must not stand for this one: where this one's cannot be written, there is none. */
  async #write(): Promise<void> {
    if (this.#failed) return;
    try {
      await mkdir(this.#folder, { recursive: true });
      for (const [name, text] of this.#files()) await writeFileAtomic(path.join(this.#folder, name), text);
    } catch (error) {
      this.#failed = true;
      note(`The report cannot be written: ${wordsFor(error)}.`);
      for (const [name] of this.#files()) await rm(path.join(this.#folder, name)).catch(() => undefined);
    }
  }

  #files(): readonly (readonly [name: string, text: string])[] {
    return [
      ["report.json", `${JSON.stringify(reportData(this.#run), null, 2)}\n`],
      ["report.md", reportText(this.#run)],
    ];
  }
}

/** Runs `work` with a report of it in `folder`, which tells how it ended, an error and an interruption included. Without `signal` a request to end ends the process. */
export async function reported(
  folder: string,
  about: RunAbout,
  work: (report: Report) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const report = new Report(folder, about, new Date());
  const stop = signal === undefined ? report.endOnSignal() : undefined;
  try {
    await report.begin();
    await work(report);
  } catch (error) {
    await report.end(signal?.aborted === true ? EXIT.interrupted : exitCodeOf(error), wordsFor(error));
    throw error;
  } finally {
    stop?.();
  }
  await report.end((process.exitCode ?? EXIT.ok) as ExitCode, null);
}
