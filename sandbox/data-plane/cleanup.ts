/** Something that was started and can be stopped. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** Ends what was started, the newest first; a failure of one keeps none of the others up. */
export class Cleanup {
  private readonly started: Stoppable[] = [];
  private readonly starting = new Set<Promise<unknown>>();
  private readonly controller = new AbortController();

  /** Aborts when the end begins: what is still starting need not go on. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Will stop `it` in the end. */
  with<It extends Stoppable>(it: It): It {
    this.started.push(it);
    return it;
  }

  /** Will stop what is being started, even if it is up only after the end has begun; rejects then. */
  async start<It extends Stoppable>(starting: Promise<It>): Promise<It> {
    const registered = starting.then((it) => this.with(it));
    this.starting.add(registered);
    try {
      const it = await registered;
      this.signal.throwIfAborted();
      return it;
    } finally {
      this.starting.delete(registered);
    }
  }

  /** Lets what is still starting give up, and nothing more begin. */
  cancel(): void {
    this.controller.abort();
  }

  /** Waits for what is still starting, and stops everything; throws `AggregateError` with what could not be stopped. */
  async end(): Promise<void> {
    this.cancel();
    const failures: unknown[] = [];
    do {
      await Promise.allSettled(this.starting);
      for (const it of this.started.splice(0).toReversed())
        await it.stop().catch((error: unknown) => failures.push(error));
    } while (this.starting.size > 0 || this.started.length > 0);
    if (failures.length > 0) throw new AggregateError(failures, "not everything could be stopped");
  }
}
