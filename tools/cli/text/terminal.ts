import type { Progress } from "../../../sandbox/progress.ts";

const LINE_EVERY_MS = 10_000;

/** A line on stdout: what was asked for. */
export function say(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** A line on stderr: what is going on. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A duration in words as short as it allows. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** A number of things, in words. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** One line on stderr that is written over on a terminal, and repeated every ten seconds elsewhere. */
export class StatusLine {
  #shownAt = 0;
  #open = false;

  show(text: string): void {
    const now = Date.now();
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001B[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
      this.#open = true;
    } else if (now - this.#shownAt >= LINE_EVERY_MS) {
      this.#shownAt = now;
      note(text);
    }
  }

  clear(): void {
    if (this.#open) process.stderr.write("\r\u001B[2K");
    this.#open = false;
  }
}

/** Runs `work` with its signs of life on a status line. */
export async function withStatus<T>(work: (onProgress: Progress) => Promise<T>): Promise<T> {
  const line = new StatusLine();
  try {
    return await work(({ step, detail, elapsedMs }) =>
      line.show([step, detail, duration(elapsedMs)].filter((it) => it !== undefined).join(" · ")),
    );
  } finally {
    line.clear();
  }
}
