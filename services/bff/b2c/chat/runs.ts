import { ApiProblem } from "../../library/api-problem.ts";
import { Run } from "./run.ts";

/** How many runs there may be, and how long they are kept. */
export interface RunLimits {
  /** That one consumer may have at work. */
  readonly ofConsumer: number;
  /** At work in this process. */
  readonly inAll: number;
  /** For how long a run goes on that nobody reads, in milliseconds. */
  readonly unreadMs: number;
  /** For how long the events of an ended run can be read again, in milliseconds. */
  readonly keptMs: number;
  readonly heartbeatMs: number;
}

const LIMITS: RunLimits = { ofConsumer: 3, inAll: 1_000, unreadMs: 30_000, keptMs: 300_000, heartbeatMs: 15_000 };

/** The runs of this process: one timer for all of them gives the signs of life and clears away what nobody wants. */
export class Runs {
  private readonly limits: RunLimits;
  private readonly runs = new Map<string, Run>();
  private readonly timer: NodeJS.Timeout;

  constructor(limits: Partial<RunLimits> = {}) {
    this.limits = { ...LIMITS, ...limits };
    this.timer = setInterval(() => this.beat(), this.limits.heartbeatMs).unref();
  }

  /** Begins a run; throws `ApiProblem` 409 for an id that the consumer has used, and 429 or 503 when there are too many. */
  begin(owner: string, id: string): Run {
    const key = keyOf(owner, id);
    if (this.runs.has(key)) throw new ApiProblem("conflict", "there is a run of this id already");
    const atWork = [...this.runs.values()].filter((it) => !it.isEnded);
    const { ofConsumer, inAll } = this.limits;
    if (atWork.filter((it) => it.owner === owner).length >= ofConsumer)
      throw new ApiProblem("limit-reached", `at most ${ofConsumer} answers come at a time`, { retryAfterSeconds: 5 });
    if (atWork.length >= inAll) throw new ApiProblem("unavailable", "too many answers come", { retryAfterSeconds: 5 });
    const run = new Run(owner, id);
    this.runs.set(key, run);
    return run;
  }

  /** A consumer's own run; throws `ApiProblem` 404. */
  find(owner: string, id: string): Run {
    const run = this.runs.get(keyOf(owner, id));
    if (run === undefined) throw new ApiProblem("not-found", "there is no run of this id, or no longer");
    return run;
  }

  /** Ends what a consumer has at work, and forgets all of it. */
  forget(owner: string): void {
    for (const [key, run] of this.runs) {
      if (run.owner !== owner) continue;
      run.cancel("asked");
      this.runs.delete(key);
    }
  }

  /** Ends everything. */
  stop(): void {
    clearInterval(this.timer);
    for (const run of this.runs.values()) run.cancel("stopping");
  }

  private beat(): void {
    const now = Date.now();
    for (const [key, run] of this.runs) {
      const idleMs = run.idleMs(now);
      if (run.isEnded && idleMs > this.limits.keptMs) this.runs.delete(key);
      else if (!run.isEnded && idleMs > this.limits.unreadMs) run.cancel("nobody-reads");
      run.wake();
    }
  }
}

function keyOf(owner: string, id: string): string {
  return `${owner} ${id}`;
}
