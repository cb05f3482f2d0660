/** Something that was started and can be stopped. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** Ends what was started, the newest first; a failure of one keeps none of the others up. */
export class Ending {
  private readonly started: Stoppable[] = [];

  /** Will stop `it` in the end. */
  with<It extends Stoppable>(it: It): It {
    this.started.push(it);
    return it;
  }

  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (const it of this.started.splice(0).toReversed())
      await it.stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, "not everything could be stopped");
  }
}
